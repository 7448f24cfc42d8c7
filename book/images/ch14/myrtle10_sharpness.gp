# Redraw myrtle10_sharpness.png and myrtle10_sharpness-dark.png with: gnuplot myrtle10_sharpness.gp
set encoding utf8

# width 128
$data1 << e
0 1
1 0.3040216658
2 0.2393594636
3 0.2133403559
4 0.1981384597
5 0.1873389575
6 0.1785241458
7 0.1709248055
8 0.1657167722
9 0.161776814
10 0.158380532
e

# the source
$data2 << e
0 1
1 0.3133243291
2 0.2188237262
3 0.1760172811
4 0.1502891003
5 0.116384099
6 0.1049424171
7 0.100117213
8 0.09348388353
9 0.09230925745
10 0.09211203012
e

# width 128
$data3 << e
0 1
1 0.1725496868
2 0.1580208843
3 0.1481261277
4 0.1414482706
5 0.1364313339
6 0.1322908694
7 0.1283453639
8 0.1259391473
9 0.12450221
10 0.1228722463
e

# the source
$data4 << e
0 1
1 0.118468717
2 0.09213574733
3 0.08015730752
4 0.07708780111
5 0.07206849031
6 0.06914066303
7 0.06952637978
8 0.06692372795
9 0.07377488123
10 0.07564542021
e

# width 128
$data5 << e
0 1
1 0.1274311992
2 0.1045078055
3 0.09715168069
4 0.09389132968
5 0.09132923665
6 0.08966335783
7 0.08801977813
8 0.08747440948
9 0.08728307185
10 0.08712192264
e

# the source
$data6 << e
0 1
1 0.09948190344
2 0.06029542925
3 0.04687647257
4 0.04165618636
5 0.03691398948
6 0.03506529415
7 0.0359578108
8 0.03464899442
9 0.03798313705
10 0.03963897389
e

# width 128
$data7 << e
0 1
1 0.1745255004
2 0.06642690633
3 0.06579769051
4 0.06649466406
5 0.06661439936
6 0.06722484848
7 0.06804749421
8 0.0691971493
9 0.07003163706
10 0.0709377609
e

# the source
$data8 << e
0 1
1 0.1014978043
2 0.03520133416
3 0.02686348623
4 0.02258752275
5 0.02137045535
6 0.01928895802
7 0.01916163404
8 0.01711758494
9 0.01832466615
10 0.01843389015
e

# width 128
$data9 << e
0 1
1 0.2637698894
2 0.08381914389
3 0.03238857864
4 0.03309879362
5 0.03427447657
6 0.0368113219
7 0.03723841314
8 0.03730716704
9 0.03924700377
10 0.04007956121
e

# the source
$data10 << e
0 1
1 0.1768606008
2 0.0121301127
3 0.01225369193
4 0.01151908207
5 0.01257012965
6 0.01313434997
7 0.01348449112
8 0.01373976336
9 0.01483013161
10 0.01508290731
e

# width 128
$data11 << e
0 1
1 0.3820262088
2 0.08025559185
3 0.01482774526
4 0.01255822885
5 0.01252524955
6 0.01326381281
7 0.01378698736
8 0.01451285933
9 0.01531747002
10 0.01623119103
e

# the source
$data12 << e
0 1
1 0.3485464773
2 0.008065729171
3 0.008088822259
4 0.008195549775
5 0.01126443396
6 0.01209828169
7 0.01404995971
8 0.01578568615
9 0.01661516492
10 0.01648035121
e

# width 128
$data13 << e
0 1
1 0.5481623373
2 0.04246751882
3 0.01060691779
4 0.008720784428
5 0.008444146416
6 0.008666733589
7 0.009087133825
8 0.009247310232
9 0.00988670704
10 0.01055450832
e

# the source
$data14 << e
0 1
1 0.7451496713
2 0.01169384057
3 0.008905818272
4 0.008364691043
5 0.006637702525
6 0.007383546861
7 0.008138129123
8 0.01162580958
9 0.01218940576
10 0.01261506755
e

# width 128
$data15 << e
0 1
1 0.7066370258
2 0.03807183115
3 0.008100133981
4 0.007266555177
5 0.006596412511
6 0.006542018337
7 0.00643214108
8 0.006103868391
9 0.006380105457
10 0.006680701947
e

# the source
$data16 << e
0 1
1 1.202852057
2 0.03167371109
3 0.008138124044
4 0.007268076884
5 0.004848921366
6 0.00482645243
7 0.008413368518
8 0.008164337803
9 0.01164515058
10 0.01148100251
e

# width 128
$data17 << e
0 1
1 1.015594992
2 0.04973803231
3 0.005055603348
4 0.004373998822
5 0.004312224824
6 0.004545367033
7 0.004571649533
8 0.004307668026
9 0.004639222414
10 0.00490722425
e

# the source
$data18 << e
0 1
1 2.062000534
2 0.1863629782
3 0.006487905471
4 0.004848921366
5 0.004606132022
6 0.004420763295
7 0.004229777333
8 0.004365839227
9 0.004444480506
10 0.003962646641
e

# width 128
$data19 << e
0 1
1 1.634319352
2 0.2109810813
3 0.002761784265
4 0.002537633606
5 0.002397096717
6 0.002267137125
7 0.002146915505
8 0.002062305054
9 0.002196891764
10 0.002336903119
e

# the source
$data20 << e
0 1
1 3.758663023
2 3.662672605
3 4.18599973
4 667.592288
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
  set terminal pngcairo size 1960,1020 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'myrtle10_sharpness.png' : 'myrtle10_sharpness-dark.png'

  set label '{/:Bold myrtle10}' at screen 0.0163265, screen 0.955882 font ',14' textcolor rgb ink
  set label 'ten steps at c = 2^x; dashed: the source''s' at screen 0.0163265, screen 0.906863 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.847059 to screen 0.0428571, screen 0.847059 nohead lc rgb color[1]
  set label 'width 128' at screen 0.0510204, screen 0.847059 textcolor rgb ink
  set arrow from screen 0.151501, screen 0.847059 to screen 0.178032, screen 0.847059 nohead lc rgb grey dt (8,5)
  set label 'the source' at screen 0.186195, screen 0.847059 textcolor rgb grey
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2216249796; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '2^{−8}' 0.00390625 0, '' 0.0078125 1, '2^{−6}' 0.015625 0, '' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label 'λ / λ_0' at screen 0.0204082, screen 0.613725 center rotate textcolor rgb ink
  set label '{/:Bold x = 0}' at screen 0.0709088, screen 0.770588 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.2583596735; set rmargin at screen 0.4090758776; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label '{/:Bold x = 1}' at screen 0.25836, screen 0.770588 textcolor rgb ink

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.4458105714; set rmargin at screen 0.5965267755; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label '{/:Bold x = 2}' at screen 0.445811, screen 0.770588 textcolor rgb ink

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.6332614694; set rmargin at screen 0.7839776735; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label '{/:Bold x = 3}' at screen 0.633261, screen 0.770588 textcolor rgb ink

  plot $data7 using 1:2 with lines lc rgb color[1], \
    $data8 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.8207123673; set rmargin at screen 0.9714285714; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label '{/:Bold x = 4}' at screen 0.820712, screen 0.770588 textcolor rgb ink

  plot $data9 using 1:2 with lines lc rgb color[1], \
    $data10 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2216249796; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '2^{−8}' 0.00390625 0, '' 0.0078125 1, '2^{−6}' 0.015625 0, '' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label 'λ / λ_0' at screen 0.0204082, screen 0.256863 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 4.6}' at screen 0.0709088, screen 0.413725 textcolor rgb ink

  plot $data11 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.2583596735; set rmargin at screen 0.4090758776; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5}' at screen 0.25836, screen 0.413725 textcolor rgb ink

  plot $data13 using 1:2 with lines lc rgb color[1], \
    $data14 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.4458105714; set rmargin at screen 0.5965267755; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.2}' at screen 0.445811, screen 0.413725 textcolor rgb ink

  plot $data15 using 1:2 with lines lc rgb color[1], \
    $data16 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.6332614694; set rmargin at screen 0.7839776735; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.4}' at screen 0.633261, screen 0.413725 textcolor rgb ink

  plot $data17 using 1:2 with lines lc rgb color[1], \
    $data18 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.8207123673; set rmargin at screen 0.9714285714; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.6}' at screen 0.820712, screen 0.413725 textcolor rgb ink

  plot $data19 using 1:2 with lines lc rgb color[1], \
    $data20 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object
  unset multiplot
}
