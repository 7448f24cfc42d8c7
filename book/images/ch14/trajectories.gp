# Redraw trajectories.png and trajectories-dark.png with: gnuplot trajectories.gp
set encoding utf8

# c = 1
$data1 << e
0 1
1 0.4417778837
2 0.3566254944
3 0.310664499
4 0.280996353
5 0.259880331
6 0.2437789117
7 0.2309507873
8 0.2203434456
9 0.2113001491
10 0.2034245935
e

# 2 to c_{loss}
$data2 << e
0 1
1 0.3848212523
2 0.185867212
3 0.1623336314
4 0.1508594556
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
2 0.9456747996
3 0.2741029306
4 0.1399008177
5 0.1266726311
6 0.121393952
7 0.1178894589
8 0.1151194573
9 0.1127684052
10 0.1107497886
e

# c_{sharp} to c_{max}
$data4 << e
0 1
1 1.538356971
2 2.09724237
3 0.599158964
4 0.3174946878
5 0.1545895892
6 0.1267334829
7 0.1206857843
8 0.1172200624
9 0.1146270498
10 0.1125727937
e

# above c_{max}
$data5 << e
0 1
1 2.152463851
2 5.647860603
3 2.701446407
4 4.781874408
5 4129.088479
e

# c = 1
$data6 << e
0 1
1 0.4552243011
2 0.370521179
3 0.3306625815
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
2 0.2496633476
3 0.2098625908
4 0.1944270986
5 0.1822916949
6 0.1724012959
7 0.1641588305
8 0.157111965
9 0.1510739209
10 0.1457668358
e

# c_{loss} to c_{sharp}
$data8 << e
0 1
1 1.313222907
2 0.2774374148
3 0.1661250235
4 0.1441765733
5 0.1332116803
6 0.1259980228
7 0.1205581347
8 0.116100648
9 0.1122500052
10 0.1088738018
e

# c_{sharp} to c_{max}
$data9 << e
0 1
1 2.704471457
2 0.9881693108
3 0.3515020063
4 0.1374174279
5 0.1181882437
6 0.11045936
7 0.1055790872
8 0.1019628585
9 0.09903225028
10 0.09651826613
e

# above c_{max}
$data10 << e
0 1
1 4.654232934
2 5.214555398
3 15.66383354
4 209.7850763
e

# c = 1
$data11 << e
0 1
1 0.3700474149
2 0.3086833356
3 0.2858243959
4 0.2713906118
5 0.2600403359
6 0.2504312714
7 0.2420832564
8 0.2346914127
9 0.228077588
10 0.2221153887
e

# 2 to c_{loss}
$data12 << e
0 1
1 0.65368207
2 0.3752776018
3 0.2532920701
4 0.2152341766
5 0.1989336636
6 0.1888675386
7 0.1809694573
8 0.1742215387
9 0.1682781528
10 0.162990152
e

# c_{loss} to c_{sharp}
$data13 << e
0 1
1 1.427388016
2 0.8967486457
3 0.2058665443
4 0.1690049107
5 0.1599032616
6 0.1527226825
7 0.1466487511
8 0.1413542426
9 0.1366789725
10 0.1324921233
e

# c_{sharp} to c_{max}
$data14 << e
0 1
1 5.399554363
2 1.483624974
3 0.2074522364
4 0.1657346435
5 0.1438177124
6 0.1301380304
7 0.1207661931
8 0.1139001856
9 0.1085631812
10 0.1042329599
e

# above c_{max}
$data15 << e
0 1
1 14.27562994
2 6.568278585
3 4.726428526
4 431.0602556
e

# c = 1
$data16 << e
0 1
1 0.2704534742
2 0.2315431638
3 0.2154456895
4 0.2031799105
5 0.1929022906
6 0.1841274578
7 0.1765570393
8 0.169946979
9 0.1641182569
10 0.1589416713
e

# 2 to c_{loss}
$data17 << e
0 1
1 0.7305296364
2 0.3883502943
3 0.2082085963
4 0.1621499621
5 0.1453411378
6 0.1361540868
7 0.1294774633
8 0.1240384014
9 0.1193778822
10 0.1152912639
e

# c_{loss} to c_{sharp}
$data18 << e
0 1
1 1.284355722
2 0.8702303564
3 0.2244227576
4 0.136787229
5 0.1248577189
6 0.1184086563
7 0.1132305434
8 0.1087951044
9 0.1049176267
10 0.101473222
e

# c_{sharp} to c_{max}
$data19 << e
0 1
1 5.815721847
2 1.771994454
3 0.130557628
4 0.1032120212
5 0.09194031246
6 0.08598871082
7 0.08195091111
8 0.07873469675
9 0.07595459148
10 0.07347434941
e

# above c_{max}
$data20 << e
0 1
1 20.3507756
2 3.754591707
3 3.403001538
4 232.3230699
e

# c = 1
$data21 << e
0 1
1 0.5283729522
2 0.465833167
3 0.4373586371
4 0.4177135576
5 0.4001708694
6 0.3894503281
7 0.3824864208
8 0.3782383532
9 0.3727113299
10 0.3684306681
e

# 2 to c_{loss}
$data22 << e
0 1
1 0.5387431016
2 0.3624838668
3 0.3274664764
4 0.3127833465
5 0.2986727806
6 0.2880830871
7 0.2778548083
8 0.2696661618
9 0.259313309
10 0.2506340986
e

# c_{loss} to c_{sharp}
$data23 << e
0 1
1 0.9854294431
2 0.9749085277
3 0.3338445441
4 0.1299296939
5 0.1180000146
6 0.1097247392
7 0.10537802
8 0.1008323317
9 0.0976720098
10 0.0955945135
e

# c_{sharp} to c_{max}
$data24 << e
0 1
1 1.228835267
2 1.590901237
3 0.953457021
4 0.3842510077
5 0.1720639488
6 0.1195886616
7 0.1105827314
8 0.1074115976
9 0.1031019812
10 0.1003545873
e

# above c_{max}
$data25 << e
0 1
1 1.570468531
2 3.245467988
3 3.487607768
4 13.11683127
5 921.252461
e

# c = 1
$data26 << e
0 1
1 0.6966428968
2 0.6671060789
3 0.6430104164
4 0.6232715555
5 0.6058141041
6 0.5926854456
7 0.5777072209
8 0.5645161391
9 0.5541025915
10 0.5428341666
e

# 2 to c_{loss}
$data27 << e
0 1
1 0.6133542925
2 0.3989969857
3 0.3551106317
4 0.338048935
5 0.3247242768
6 0.3117608381
7 0.3013464801
8 0.2919801937
9 0.2829796864
10 0.2767312905
e

# c_{loss} to c_{sharp}
$data28 << e
0 1
1 0.8659541893
2 0.2734860009
3 0.2073095256
4 0.2000532269
5 0.1935672381
6 0.1875350393
7 0.1831681876
8 0.1790019788
9 0.1753269738
10 0.1723371362
e

# c_{sharp} to c_{max}
$data29 << e
0 1
1 1.353058241
2 0.7686580447
3 0.3915614973
4 0.1076000151
5 0.09285684812
6 0.09101881334
7 0.09017649991
8 0.08964810268
9 0.08943730823
10 0.08862537348
e

# above c_{max}
$data30 << e
0 1
1 1.99501441
2 2.814365846
3 9.733705109
4 123.8716433
e

# c = 1
$data31 << e
0 1
1 0.8589418102
2 0.8423213776
3 0.8327657036
4 0.8262286511
5 0.8188444903
6 0.8127202325
7 0.805923696
8 0.7998830618
9 0.7944361402
10 0.7889594647
e

# 2 to c_{loss}
$data32 << e
0 1
1 0.8315501257
2 0.6578998444
3 0.6450181468
4 0.6193926611
5 0.6134528843
6 0.6033898514
7 0.5961161869
8 0.5890865857
9 0.5820267254
10 0.5760479388
e

# c_{loss} to c_{sharp}
$data33 << e
0 1
1 0.9181270422
2 0.4968936322
3 0.3482615667
4 0.33437795
5 0.3301273276
6 0.3248733239
7 0.31991035
8 0.3152082931
9 0.3116087943
10 0.3078165035
e

# c_{sharp} to c_{max}
$data34 << e
0 1
1 1.511144501
2 0.4068259917
3 0.08378875105
4 0.0792039718
5 0.0774767317
6 0.07709227346
7 0.07697436993
8 0.07684171887
9 0.076459362
10 0.07603227353
e

# above c_{max}
$data35 << e
0 1
1 2.7929746
2 2.615434924
3 4.497865312
4 52.6685444
5 nan
e

# c = 1
$data36 << e
0 1
1 0.9119643397
2 0.9054286624
3 0.9001558956
4 0.8957542724
5 0.8909567356
6 0.8868523841
7 0.882413209
8 0.8793603545
9 0.8760459005
10 0.8727262588
e

# 2 to c_{loss}
$data37 << e
0 1
1 0.8906350189
2 0.7464096918
3 0.7143640626
4 0.6948889963
5 0.689903983
6 0.6827906558
7 0.6784067585
8 0.6743620435
9 0.6702991288
10 0.6659879071
e

# c_{loss} to c_{sharp}
$data38 << e
0 1
1 0.9436280284
2 0.6376081194
3 0.5151459655
4 0.4927315458
5 0.4886158039
6 0.4840740328
7 0.4809351988
8 0.4779927712
9 0.4750697521
10 0.4722513133
e

# c_{sharp} to c_{max}
$data39 << e
0 1
1 1.472855783
2 0.3680583713
3 0.1175704733
4 0.1181692992
5 0.1188795475
6 0.1191220684
7 0.11903273
8 0.1187471969
9 0.1180913518
10 0.1174363
e

# above c_{max}
$data40 << e
0 1
1 2.984734128
2 1.707688926
3 3.061575145
4 24.81589298
5 53.1789258
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
