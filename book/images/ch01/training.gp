# Redraw training.png and training-dark.png with: gnuplot training.gp
set encoding utf8

# test all test images
$data1 << e
100 0.5808202624
200 0.500210166
300 0.4780843556
400 0.4506058991
500 0.4618707001
600 0.4446159899
700 0.4238654673
800 0.3974572718
900 0.3890219629
1000 0.3874840736
1100 0.4174476564
1200 0.3845450282
1300 0.3888503015
1400 0.3936001956
1500 0.3808791637
1600 0.3674007654
1700 0.3726143837
1800 0.3576909006
1900 0.3819499314
2000 0.3687402606
2100 0.3601838648
2200 0.3591284156
2300 0.3573792279
2400 0.3568048179
2500 0.354349196
2600 0.3499707878
2700 0.350474149
2800 0.3691009283
2900 0.355299741
3000 0.3520524204
3100 0.3542286158
3200 0.3425185084
3300 0.3469158411
3400 0.3494596481
3500 0.3480888307
3600 0.3322068751
3700 0.3452335298
3800 0.3513945043
3900 0.3362741172
4000 0.3456631899
e

# training mean of 100 batches
$data2 << e
100 0.7534083587
200 0.5020795581
300 0.4652598906
400 0.4354291934
500 0.4118421358
600 0.4003409941
700 0.3931847359
800 0.3921916576
900 0.3862537701
1000 0.3600145866
1100 0.3348154622
1200 0.3528250614
1300 0.3517397179
1400 0.3402955481
1500 0.3281523074
1600 0.3425698408
1700 0.3235253145
1800 0.3237129191
1900 0.3226781704
2000 0.2913279481
2100 0.2895609979
2200 0.304651086
2300 0.2882392386
2400 0.2883792961
2500 0.3127759968
2600 0.2839940441
2700 0.3040992552
2800 0.3094735639
2900 0.2536852558
3000 0.2808613731
3100 0.2762237992
3200 0.2786242884
3300 0.2788721263
3400 0.269888561
3500 0.2648558754
3600 0.2712030954
3700 0.2697534097
3800 0.2565937833
3900 0.2527166802
4000 0.2310834026
e

do for [theme in 'light dark'] {
  reset
  if (theme eq 'light') {
    page = '#ffffff'; ink = '#1f2328'; grey = '#59636e'; pale = '#d0d7de'; grid = '#dfe3e8'
    array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
  } else {
    page = '#0d1117'; ink = '#f0f6fc'; grey = '#9198a1'; pale = '#3d444d'; grid = '#2a313c'
    array color[6] = ['#56b4e9', '#ff9e4a', '#2fd6a3', '#ee9fc7', '#ffd166', '#8fb8ff']
  }
  set terminal pngcairo size 1640,960 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'training.png' : 'training-dark.png'

  set label '{/:Bold An MLP learns Fashion-MNIST}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'cross-entropy, 784–256–10, SGD, batch 64, learning rate 0.1, one seed' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.7866231707; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  unset logscale x
  set xtics 1000
  set format x '%.0f'
  set xrange [100:4000]
  unset logscale y
  set ytics 0.2
  set format y '%.1f'
  set yrange [0:0.7795246065]
  set label 'loss' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label 'test' at graph 1.021237773, graph 0.4731901006 front textcolor rgb color[1]
  set label 'all test images' at graph 1.021237773, graph 0.4136662911 front textcolor rgb grey
  set label 'training' at graph 1.021237773, graph 0.3262033521 front textcolor rgb color[2]
  set label 'mean of 100 batches' at graph 1.021237773, graph 0.2666795425 front textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2]
}
