# Redraw bugs.png and bugs-dark.png with: gnuplot bugs.gp
set encoding utf8

# h_1
$data1 << e
64 0.004292511912
128 0.004317261294
256 0.004276944784
512 0.004179912743
1024 0.004099771008
2048 0.003940388397
e

# continued
$data2 << e
64 0.004153983099 0.004405563302
128 0.004211288213 0.004376905496
256 0.004202977419 0.004336185444
512 0.004150278646 0.004246033097
1024 0.004070107913 0.00411079121
2048 0.003931782351 0.003960064819
e

# h_2
$data3 << e
64 0.03539511222
128 0.067704441
256 0.1317874341
512 0.2547049992
1024 0.504692938
2048 0.9823005768
e

# continued
$data4 << e
64 0.03209204487 0.03909284933
128 0.06295010792 0.07453054575
256 0.1263581345 0.1373470651
512 0.2447189576 0.2640121102
1024 0.4757864527 0.5154006354
2048 0.9590791551 0.9949481734
e

# continued
$data5 << e
64 0.03539511222
128 0.07079022445
256 0.1415804489
512 0.2831608978
1024 0.5663217956
2048 1.132643591
e

# f
$data6 << e
64 0.04203979972
128 0.03821702717
256 0.03819133558
512 0.0444162395
1024 0.05363870995
2048 0.07757336463
e

# continued
$data7 << e
64 0.03588758032 0.05307510685
128 0.03283326579 0.04189550559
256 0.0346759901 0.04135718075
512 0.04226467113 0.04688464006
1024 0.05104234861 0.05711904261
2048 0.07493970516 0.07886006732
e

# b_1
$data8 << e
64 0.001556717279
128 0.001548589328
256 0.001530124049
512 0.001517793292
1024 0.001470964375
2048 0.001405603318
e

# continued
$data9 << e
64 0.001536584492 0.001572160891
128 0.001529641281 0.001559083022
256 0.001524561969 0.001552363124
512 0.001509545195 0.001523025646
1024 0.001464302008 0.00147758856
2048 0.001396195566 0.00141638135
e

# h_1
$data10 << e
64 0.001969237863
128 0.002677255808
256 0.003218499836
512 0.005259404821
1024 0.007272409926
2048 0.008933851219
e

# continued
$data11 << e
64 0.001608765752 0.002624216884
128 0.001897801466 0.003187141327
256 0.002835753106 0.00444888302
512 0.004521722645 0.006129190564
1024 0.005596110182 0.008363789653
2048 0.007861769002 0.01336591753
e

# h_2
$data12 << e
64 0.02592490996
128 0.03405365845
256 0.04400010302
512 0.06964227939
1024 0.07787474623
2048 0.1096973186
e

# continued
$data13 << e
64 0.01363661703 0.04135490346
128 0.01925108736 0.0499998318
256 0.0278046132 0.05634230947
512 0.04823295982 0.09200709196
1024 0.05076037033 0.1267257415
2048 0.08265855184 0.1907597933
e

# f
$data14 << e
64 0.3113379985
128 0.4676791804
256 0.9568264249
512 2.12552501
1024 3.353646052
2048 6.52561643
e

# continued
$data15 << e
64 0.1105069231 0.4645099563
128 0.2190203189 0.7619371541
256 0.5051317616 1.362249602
512 1.464915363 3.109916295
1024 1.479661868 5.700758352
2048 4.534096501 12.13076551
e

# continued
$data16 << e
64 0.3113379985
128 0.622675997
256 1.245351994
512 2.490703988
1024 4.981407976
2048 9.962815952
e

# b_1
$data17 << e
64 0.0009358117605
128 0.001232477618
256 0.001447950512
512 0.00240463564
1024 0.002710797622
2048 0.003830171392
e

# continued
$data18 << e
64 0.0006023808772 0.001299954078
128 0.000753161046 0.001573672652
256 0.0009970562358 0.002167818987
512 0.001880924531 0.003288485466
1024 0.002167603331 0.004060029809
2048 0.002982711829 0.00632163794
e

# h_1
$data19 << e
64 0.002282086122
128 0.002326322807
256 0.00230820917
512 0.002323907795
1024 0.00232322388
2048 0.002334786724
e

# continued
$data20 << e
64 0.002149168498 0.002699464479
128 0.002205938163 0.002588148929
256 0.002156249194 0.002530881216
512 0.002267957332 0.002433255866
1024 0.002222617534 0.002406335274
2048 0.00230691087 0.002390420487
e

# h_2
$data21 << e
64 0.01592900495
128 0.01698532724
256 0.01673346451
512 0.01684884819
1024 0.01665756149
2048 0.01681485025
e

# continued
$data22 << e
64 0.01403741265 0.01938271743
128 0.0145966025 0.01858948829
256 0.01517658454 0.01827880333
512 0.01612937911 0.01730103955
1024 0.01566890884 0.01704179276
2048 0.01642257876 0.01710055731
e

# f
$data23 << e
64 0.3035158178
128 0.2676169106
256 0.277471149
512 0.2727041762
1024 0.2730749441
2048 0.2691627838
e

# continued
$data24 << e
64 0.2350637251 0.3321252578
128 0.2599054548 0.3110654568
256 0.2481122419 0.2913820021
512 0.2616321506 0.2857795331
1024 0.2506742178 0.2891823288
2048 0.2671046279 0.2785474152
e

# b_1
$data25 << e
64 0.0008449594573
128 0.0004585197795
256 0.000234820076
512 0.0001196901447
1024 5.960932411e-05
2048 3.006410435e-05
e

# continued
$data26 << e
64 0.0007751154846 0.0009880174656
128 0.0003971119099 0.0005128268084
256 0.0002252236017 0.0002468343991
512 0.0001155691179 0.0001212729042
1024 5.807093405e-05 6.11110446e-05
2048 2.907575308e-05 3.048894835e-05
e

# continued
$data27 << e
64 0.0008449594573
128 0.0004224797287
256 0.0002112398643
512 0.0001056199322
1024 5.280996608e-05
2048 2.640498304e-05
e

# h_1
$data28 << e
64 0.0154668984
128 0.01066535684
256 0.006269131553
512 0.005208940754
1024 0.003082046601
2048 0.002155784786
e

# continued
$data29 << e
64 0.01136101002 0.020775609
128 0.007026413748 0.01323674171
256 0.004745476116 0.009178447005
512 0.004342836611 0.006802217089
1024 0.002540625072 0.004327948051
2048 0.00174711482 0.003330968418
e

# h_2
$data30 << e
64 0.03480073541
128 0.02583953327
256 0.01589593287
512 0.01255882648
1024 0.007176765054
2048 0.005026862506
e

# continued
$data31 << e
64 0.0231406202 0.05484694203
128 0.01461386027 0.03321308449
256 0.01029571457 0.022513397
512 0.009615529585 0.01751094803
1024 0.005187981094 0.01103118277
2048 0.003888267494 0.008559964342
e

# continued
$data32 << e
64 0.03480073541
128 0.024607836
256 0.0174003677
512 0.012303918
1024 0.008700183852
2048 0.006151959
e

# f
$data33 << e
64 0.2477953261
128 0.2343259789
256 0.2117817728
512 0.2322839188
1024 0.1850103396
2048 0.1772840049
e

# continued
$data34 << e
64 0.1075487082 0.3642308325
128 0.1020429645 0.3112391547
256 0.1090439871 0.2897357318
512 0.1565263688 0.3463790235
1024 0.07447274878 0.3051509023
2048 0.1188561138 0.3356169347
e

# b_1
$data35 << e
64 0.01537170396
128 0.01058536329
256 0.006181964372
512 0.005171338116
1024 0.002978612523
2048 0.00209195585
e

# continued
$data36 << e
64 0.01101582528 0.0207588577
128 0.006898087648 0.01319376125
256 0.004549022691 0.009139173975
512 0.004228529114 0.006823323471
1024 0.002481075058 0.00427358306
2048 0.00168898185 0.003327533688
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
  set terminal pngcairo size 1960,1376 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'bugs.png' : 'bugs-dark.png'

  set label '{/:Bold Each mistake has a curve that gives it away}' at screen 0.0163265, screen 0.967297 font ',14' textcolor rgb ink
  set label 'rms of what training changed; dashed: derived slope of the curve to look at' at screen 0.0163265, screen 0.930959 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.886628 to screen 0.0428571, screen 0.886628 nohead lc rgb color[1]
  set label 'h_1' at screen 0.0510204, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.093811, screen 0.886628 to screen 0.120342, screen 0.886628 nohead lc rgb color[2]
  set label 'h_2' at screen 0.128505, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.171296, screen 0.886628 to screen 0.197826, screen 0.886628 nohead lc rgb color[3]
  set label 'f' at screen 0.205989, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.23852, screen 0.886628 to screen 0.265051, screen 0.886628 nohead lc rgb color[4]
  set label 'b_1' at screen 0.273214, screen 0.886628 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.5075263265; set tmargin at screen 0.7805232558; set bmargin at screen 0.4898255814
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 2e-05 1, '' 3e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '10^{−4}' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1)
  set yrange [1.375864855e-05:23.2808227]
  set label 'change' at screen 0.0204082, screen 0.635174 center rotate textcolor rgb ink
  set label '{/:Bold Hidden rate not scaled}' at screen 0.0803588, screen 0.829942 textcolor rgb ink
  set label 'Adam, 3 steps' at screen 0.0803588, screen 0.802326 textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data7 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data9 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data5 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data6 using 1:2 with lines lc rgb color[3], \
    $data8 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7805232558; set bmargin at screen 0.4898255814
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 2e-05 1, '' 3e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1)
  set yrange [1.375864855e-05:23.2808227]
  set label '{/:Bold Output not scaled}' at screen 0.544261, screen 0.829942 textcolor rgb ink
  set label 'SGD, 1 step' at screen 0.544261, screen 0.802326 textcolor rgb grey

  plot $data11 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data13 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data15 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data18 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data10 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines lc rgb color[2], \
    $data14 using 1:2 with lines lc rgb color[3], \
    $data16 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data17 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.08035877551; set rmargin at screen 0.5075263265; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 2e-05 1, '' 3e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '10^{−4}' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1)
  set yrange [1.375864855e-05:23.2808227]
  set label 'change' at screen 0.0204082, screen 0.241279 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Biases scaled as weights}' at screen 0.0803588, screen 0.436047 textcolor rgb ink
  set label 'SGD, 20 steps' at screen 0.0803588, screen 0.40843 textcolor rgb grey

  plot $data20 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data22 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data24 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data26 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data19 using 1:2 with lines lc rgb color[1], \
    $data21 using 1:2 with lines lc rgb color[2], \
    $data23 using 1:2 with lines lc rgb color[3], \
    $data25 using 1:2 with lines lc rgb color[4], \
    $data27 using 1:2 with lines dt (16,10) lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 2e-05 1, '' 3e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1)
  set yrange [1.375864855e-05:23.2808227]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold NTK for µP}' at screen 0.544261, screen 0.436047 textcolor rgb ink
  set label 'SGD, 20 steps' at screen 0.544261, screen 0.40843 textcolor rgb grey

  plot $data29 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data31 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data34 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data36 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data28 using 1:2 with lines lc rgb color[1], \
    $data30 using 1:2 with lines lc rgb color[2], \
    $data32 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data33 using 1:2 with lines lc rgb color[3], \
    $data35 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
