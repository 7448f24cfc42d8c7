# Redraw trajectories.png and trajectories-dark.png with: gnuplot trajectories.gp
set encoding utf8

# c = 1
$data1 << e
0 1
1 0.441777919
2 0.3566254944
3 0.3106645343
4 0.280996353
5 0.259880331
6 0.2437789117
7 0.230950805
8 0.2203434633
9 0.2113001491
10 0.2034245935
e

# 2 to c_{loss}
$data2 << e
0 1
1 0.3848212523
2 0.1858671943
3 0.1623336314
4 0.1508594733
5 0.1428072816
6 0.1365818265
7 0.1313718858
8 0.1270514685
9 0.1234230046
10 0.1203673576
e

# c_{loss} to c_{sharp}
$data3 << e
0 1
1 1.136869766
2 0.9456746584
3 0.2741028953
4 0.1399008089
5 0.1266726311
6 0.121393952
7 0.1178894589
8 0.1151194573
9 0.1127684052
10 0.1107497974
e

# c_{sharp} to c_{max}
$data4 << e
0 1
1 1.538356971
2 2.097241664
3 0.599158964
4 0.3174946172
5 0.1545895715
6 0.1267334829
7 0.1206857843
8 0.1172200624
9 0.114627041
10 0.1125727937
e

# above c_{max}
$data5 << e
0 1
1 2.152463851
2 5.647859473
3 2.701444995
4 4.781870456
5 4129.062463
e

# c = 1
$data6 << e
0 1
1 0.4552242333
2 0.370521179
3 0.3306626154
4 0.3062000116
5 0.2886234313
6 0.2746309046
7 0.2628394936
8 0.2527405324
9 0.2437959776
10 0.2358045393
e

# 2 to c_{loss}
$data7 << e
0 1
1 0.5597590099
2 0.2496633815
3 0.2098625908
4 0.1944270817
5 0.182291661
6 0.1724012281
7 0.1641587796
8 0.1571119142
9 0.1510738531
10 0.1457667849
e

# c_{loss} to c_{sharp}
$data8 << e
0 1
1 1.313222635
2 0.2774373978
3 0.1661250235
4 0.1441765733
5 0.1332116973
6 0.1259980228
7 0.1205581347
8 0.116100648
9 0.1122500137
10 0.1088738018
e

# c_{sharp} to c_{max}
$data9 << e
0 1
1 2.704471186
2 0.9881693108
3 0.3515020063
4 0.1374174279
5 0.1181882437
6 0.1104593516
7 0.1055790872
8 0.1019628585
9 0.09903225028
10 0.09651826613
e

# above c_{max}
$data10 << e
0 1
1 4.654231849
2 5.214552686
3 15.66378797
4 209.783323
e

# c = 1
$data11 << e
0 1
1 0.3700474149
2 0.3086833356
3 0.2858243959
4 0.2713906118
5 0.2600403359
6 0.2504312412
7 0.2420832564
8 0.2346914127
9 0.2280776182
10 0.2221154189
e

# 2 to c_{loss}
$data12 << e
0 1
1 0.65368207
2 0.375277632
3 0.2532921003
4 0.2152341766
5 0.1989336636
6 0.1888675386
7 0.1809694724
8 0.1742215236
9 0.1682781528
10 0.162990152
e

# c_{loss} to c_{sharp}
$data13 << e
0 1
1 1.427388137
2 0.8967486457
3 0.2058662575
4 0.1690049258
5 0.1599027482
6 0.1527223957
7 0.1466486152
8 0.1413540766
9 0.1366792292
10 0.132490704
e

# c_{sharp} to c_{max}
$data14 << e
0 1
1 5.399554847
2 1.483625094
3 0.2074522364
4 0.1657346586
5 0.1438177124
6 0.1301380455
7 0.120766178
8 0.1139001856
9 0.1085631812
10 0.1042329674
e

# above c_{max}
$data15 << e
0 1
1 14.27562994
2 6.568278585
3 4.726429009
4 431.0602556
e

# c = 1
$data16 << e
0 1
1 0.2704534342
2 0.231543111
3 0.2154457132
4 0.2031798989
5 0.1929023176
6 0.1841275046
7 0.1765571057
8 0.1699470278
9 0.1641182326
10 0.1589416663
e

# 2 to c_{loss}
$data17 << e
0 1
1 0.7305298244
2 0.3883504219
3 0.2082086025
4 0.1621499381
5 0.1453411162
6 0.1361540574
7 0.1294774349
8 0.1240383737
9 0.1193778553
10 0.1152912376
e

# c_{loss} to c_{sharp}
$data18 << e
0 1
1 1.28435568
2 0.8702303016
3 0.2244227058
4 0.1367871995
5 0.1248577004
6 0.1184086387
7 0.1132305266
8 0.1087951439
9 0.1049176019
10 0.1014731236
e

# c_{sharp} to c_{max}
$data19 << e
0 1
1 5.815722763
2 1.771993895
3 0.1305575809
4 0.1032119874
5 0.09194029884
6 0.08598868882
7 0.08195088972
8 0.07873467583
9 0.07595458024
10 0.07347432927
e

# above c_{max}
$data20 << e
0 1
1 20.35077495
2 3.754591151
3 3.403002812
4 232.3233388
e

# c = 1
$data21 << e
0 1
1 0.5283729648
2 0.4658332046
3 0.4373586241
4 0.4177135668
5 0.4001709012
6 0.3894503361
7 0.3824864287
8 0.3782383723
9 0.3727113502
10 0.3684306831
e

# 2 to c_{loss}
$data22 << e
0 1
1 0.5387430679
2 0.3624838404
3 0.3274664627
4 0.3127833203
5 0.2986727719
6 0.2880830599
7 0.2778547762
8 0.2696661514
9 0.2593132798
10 0.2506340909
e

# c_{loss} to c_{sharp}
$data23 << e
0 1
1 0.985429489
2 0.9749084371
3 0.3338444637
4 0.1299296967
5 0.11800001
6 0.1097247456
7 0.1053780178
8 0.1008323393
9 0.09767201787
10 0.09559452177
e

# c_{sharp} to c_{max}
$data24 << e
0 1
1 1.228835267
2 1.590900832
3 0.9534569301
4 0.384250896
5 0.1720639148
6 0.1195886711
7 0.1105827371
8 0.1074116103
9 0.1031020136
10 0.100354611
e

# above c_{max}
$data25 << e
0 1
1 1.570468288
2 3.245467441
3 3.487606136
4 13.11681823
5 921.2479396
e

# c = 1
$data26 << e
0 1
1 0.6966428738
2 0.6671060372
3 0.643010382
4 0.6232714957
5 0.6058140924
6 0.5926855212
7 0.5777071875
8 0.5645161059
9 0.5541025235
10 0.5428342257
e

# 2 to c_{loss}
$data27 << e
0 1
1 0.6133542856
2 0.398996967
3 0.3551106086
4 0.3380229393
5 0.3247239682
6 0.3117608094
7 0.3013465517
8 0.2919801976
9 0.2829796595
10 0.2767312644
e

# c_{loss} to c_{sharp}
$data28 << e
0 1
1 0.8659540748
2 0.2734860005
3 0.2073095147
4 0.2000532365
5 0.1935672434
6 0.1875350588
7 0.1831681952
8 0.1790019495
9 0.1753269816
10 0.1723371439
e

# c_{sharp} to c_{max}
$data29 << e
0 1
1 1.3530582
2 0.768657959
3 0.3915614544
4 0.1076000207
5 0.09285684848
6 0.09101881797
7 0.0901765015
8 0.08964810316
9 0.08943730988
10 0.08862536921
e

# above c_{max}
$data30 << e
0 1
1 1.995014064
2 2.81436455
3 9.733682434
4 123.870625
e

# c = 1
$data31 << e
0 1
1 0.8589418136
2 0.8423213405
3 0.8327656879
4 0.8262286408
5 0.818844571
6 0.8127202917
7 0.8059237662
8 0.7998831641
9 0.7944361785
10 0.7889595457
e

# 2 to c_{loss}
$data32 << e
0 1
1 0.8315501203
2 0.6578998728
3 0.6450180603
4 0.6193926682
5 0.6134528411
6 0.6033898307
7 0.5961161775
8 0.5890865981
9 0.5820267327
10 0.5760479353
e

# c_{loss} to c_{sharp}
$data33 << e
0 1
1 0.9181270535
2 0.4968950677
3 0.3482612936
4 0.334352243
5 0.3301357674
6 0.3248990597
7 0.319953522
8 0.3152305126
9 0.3115539098
10 0.3077984411
e

# c_{sharp} to c_{max}
$data34 << e
0 1
1 1.511144438
2 0.4068260369
3 0.08378875263
4 0.07920397468
5 0.07747673097
6 0.07709266601
7 0.07697442888
8 0.07684170705
9 0.07645935053
10 0.07603225573
e

# above c_{max}
$data35 << e
0 1
1 2.7929746
2 2.615434642
3 4.497865038
4 52.66854526
5 nan
e

# c = 1
$data36 << e
0 1
1 0.9119643301
2 0.9054208445
3 0.9001558966
4 0.8957541866
5 0.8909689912
6 0.8868520037
7 0.8824131699
8 0.8793584253
9 0.8760460969
10 0.8727209007
e

# 2 to c_{loss}
$data37 << e
0 1
1 0.8906350272
2 0.7464096994
3 0.7143640313
4 0.6948888614
5 0.6899039567
6 0.6827906136
7 0.6784067096
8 0.6743621064
9 0.6702990931
10 0.6659878649
e

# c_{loss} to c_{sharp}
$data38 << e
0 1
1 0.943628022
2 0.6376081485
3 0.5151459915
4 0.4927315852
5 0.4886158385
6 0.4840740743
7 0.4809349837
8 0.4779928777
9 0.4750665236
10 0.4722509874
e

# c_{sharp} to c_{max}
$data39 << e
0 1
1 1.47285589
2 0.3680583918
3 0.1175704841
4 0.1181693158
5 0.118879561
6 0.1191220787
7 0.1190327272
8 0.118747199
9 0.1180913521
10 0.1174363037
e

# above c_{max}
$data40 << e
0 1
1 2.984734273
2 1.707689221
3 3.061576946
4 24.81592517
5 53.17919215
6 nan
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
  set terminal pngcairo size 1960,968 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'trajectories.png' : 'trajectories-dark.png'

  set label '{/:Bold Up, and down again}' at screen 0.0163265, screen 0.953512 font ',14' textcolor rgb ink
  set label 'one network per column; a learning rate from the middle of each phase' at screen 0.0163265, screen 0.90186 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.838843 to screen 0.0428571, screen 0.838843 nohead lc rgb color[1]
  set label 'c = 1' at screen 0.0510204, screen 0.838843 textcolor rgb ink
  set arrow from screen 0.113401, screen 0.838843 to screen 0.139932, screen 0.838843 nohead lc rgb color[2]
  set label '2 to c_{loss}' at screen 0.148095, screen 0.838843 textcolor rgb ink
  set arrow from screen 0.240956, screen 0.838843 to screen 0.267486, screen 0.838843 nohead lc rgb color[3]
  set label 'c_{loss} to c_{sharp}' at screen 0.275649, screen 0.838843 textcolor rgb ink
  set arrow from screen 0.4004, screen 0.838843 to screen 0.426931, screen 0.838843 nohead lc rgb color[4]
  set label 'c_{sharp} to c_{max}' at screen 0.435094, screen 0.838843 textcolor rgb ink
  set arrow from screen 0.559844, screen 0.838843 to screen 0.586375, screen 0.838843 nohead lc rgb color[5]
  set label 'above c_{max}' at screen 0.594538, screen 0.838843 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2684877041; set tmargin at screen 0.7272727273; set bmargin at screen 0.458677686
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0, '' 32 1, '2^{6}' 64 0)
  set yrange [0.0625:64]
  set label 'loss / loss_0' at screen 0.0204082, screen 0.592975 center rotate textcolor rgb ink
  set label '{/:Bold n = 64}' at screen 0.0709088, screen 0.758264 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4], \
    $data5 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.305222398; set rmargin at screen 0.5028013265; set tmargin at screen 0.7272727273; set bmargin at screen 0.458677686
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0, '' 32 1, '' 64 0)
  set yrange [0.0625:64]
  set label '{/:Bold n = 128}' at screen 0.305222, screen 0.758264 textcolor rgb ink

  plot $data6 using 1:2 with lines lc rgb color[1], \
    $data7 using 1:2 with lines lc rgb color[2], \
    $data8 using 1:2 with lines lc rgb color[3], \
    $data9 using 1:2 with lines lc rgb color[4], \
    $data10 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5395360204; set rmargin at screen 0.737114949; set tmargin at screen 0.7272727273; set bmargin at screen 0.458677686
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0, '' 32 1, '' 64 0)
  set yrange [0.0625:64]
  set label '{/:Bold n = 256}' at screen 0.539536, screen 0.758264 textcolor rgb ink

  plot $data11 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines lc rgb color[2], \
    $data13 using 1:2 with lines lc rgb color[3], \
    $data14 using 1:2 with lines lc rgb color[4], \
    $data15 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.7738496429; set rmargin at screen 0.9714285714; set tmargin at screen 0.7272727273; set bmargin at screen 0.458677686
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0, '' 32 1, '' 64 0)
  set yrange [0.0625:64]
  set label '{/:Bold n = 512}' at screen 0.77385, screen 0.758264 textcolor rgb ink

  plot $data16 using 1:2 with lines lc rgb color[1], \
    $data17 using 1:2 with lines lc rgb color[2], \
    $data18 using 1:2 with lines lc rgb color[3], \
    $data19 using 1:2 with lines lc rgb color[4], \
    $data20 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2684877041; set tmargin at screen 0.4049586777; set bmargin at screen 0.1363636364
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0)
  set yrange [0.03125:16]
  set label 'λ / λ_0' at screen 0.0204082, screen 0.270661 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink

  plot $data21 using 1:2 with lines lc rgb color[1], \
    $data22 using 1:2 with lines lc rgb color[2], \
    $data23 using 1:2 with lines lc rgb color[3], \
    $data24 using 1:2 with lines lc rgb color[4], \
    $data25 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.305222398; set rmargin at screen 0.5028013265; set tmargin at screen 0.4049586777; set bmargin at screen 0.1363636364
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.03125:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink

  plot $data26 using 1:2 with lines lc rgb color[1], \
    $data27 using 1:2 with lines lc rgb color[2], \
    $data28 using 1:2 with lines lc rgb color[3], \
    $data29 using 1:2 with lines lc rgb color[4], \
    $data30 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5395360204; set rmargin at screen 0.737114949; set tmargin at screen 0.4049586777; set bmargin at screen 0.1363636364
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.03125:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink

  plot $data31 using 1:2 with lines lc rgb color[1], \
    $data32 using 1:2 with lines lc rgb color[2], \
    $data33 using 1:2 with lines lc rgb color[3], \
    $data34 using 1:2 with lines lc rgb color[4], \
    $data35 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.7738496429; set rmargin at screen 0.9714285714; set tmargin at screen 0.4049586777; set bmargin at screen 0.1363636364
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.03125:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink

  plot $data36 using 1:2 with lines lc rgb color[1], \
    $data37 using 1:2 with lines lc rgb color[2], \
    $data38 using 1:2 with lines lc rgb color[3], \
    $data39 using 1:2 with lines lc rgb color[4], \
    $data40 using 1:2 with lines lc rgb color[5]
  unset label; unset arrow; unset object
  unset multiplot
}
