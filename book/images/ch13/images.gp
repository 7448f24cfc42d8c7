# Redraw images.png and images-dark.png with: gnuplot images.gp
set encoding utf8

# c = 1
$data1 << e
0 1
1 0.3044655447
2 0.2610495218
3 0.2412621556
4 0.2266055
5 0.2146583205
6 0.2045367118
7 0.1957560523
8 0.1880005466
9 0.1811045934
10 0.174861127
e

# continued
$data2 << e
0 1
1 0.6023421771
2 0.5021622103
3 0.4426287894
4 0.4005899045
5 0.3690795
6 0.3444561597
7 0.3245602756
8 0.3079354234
9 0.2936867379
10 0.2812453419
e

# continued
$data3 << e
0 1
1 0.2476418463
2 0.1947732993
3 0.1773702718
4 0.1670904132
5 0.1591080147
6 0.1523093728
7 0.1463372022
8 0.1409957487
9 0.1361581335
10 0.1317583068
e

# continued
$data4 << e
0 1
1 0.4567104586
2 0.3833750461
3 0.3456484431
4 0.3198896659
5 0.3001641843
6 0.2841281947
7 0.270661895
8 0.2589594085
9 0.2486121505
10 0.2393274709
e

# c = 4
$data5 << e
0 1
1 2.51305626
2 0.9479457344
3 0.1705138193
4 0.1315514482
5 0.1141137673
6 0.1038609018
7 0.09657773805
8 0.09070283126
9 0.08571130642
10 0.08130116946
e

# continued
$data6 << e
0 1
1 1.337445488
2 2.025915833
3 0.7403295253
4 0.2015339052
5 0.1670039438
6 0.1520482557
7 0.1404164717
8 0.1306793258
9 0.1222878321
10 0.114910426
e

# continued
$data7 << e
0 1
1 1.547110961
2 0.3307478557
3 0.121530801
4 0.09457442383
5 0.08314955987
6 0.07617258569
7 0.0709002303
8 0.06648372596
9 0.06262237415
10 0.05921698067
e

# continued
$data8 << e
0 1
1 2.075554096
2 1.932318964
3 0.322610743
4 0.1743674054
5 0.1502091421
6 0.1366842734
7 0.126576619
8 0.1182515309
9 0.1111194694
10 0.1048253126
e

# c = 8
$data9 << e
0 1
1 10.63732213
2 2.00900895
3 0.3493394735
4 0.1202735993
5 0.090424691
6 0.08282864072
7 0.07737442504
8 0.07298226971
9 0.0692897429
10 0.0660979635
e

# continued
$data10 << e
0 1
1 5.310481572
2 4.423172648
3 0.2200068777
4 0.1460520345
5 0.1261682341
6 0.1133328524
7 0.1038026577
8 0.09640006177
9 0.09034863605
10 0.08523052333
e

# continued
$data11 << e
0 1
1 6.221658812
2 1.147144349
3 0.5122120745
4 0.2358665971
5 0.06632801249
6 0.05774083848
7 0.05365069969
8 0.05078696465
9 0.04849743944
10 0.04658516423
e

# continued
$data12 << e
0 1
1 8.571074816
2 2.108808251
3 0.3637872698
4 0.1620349616
5 0.1257655386
6 0.1124247931
7 0.1024503925
8 0.09469628557
9 0.08834503769
10 0.08304977496
e

# c = 1
$data13 << e
0 0.9008772757
1 0.8610136784
2 0.8499214186
3 0.8405224251
4 0.8336294175
5 0.8281148841
6 0.8222773812
7 0.8162300955
8 0.8108418109
9 0.8054312735
10 0.8002022385
e

# continued
$data14 << e
0 1.041931601
1 0.9908541434
2 0.9693250347
3 0.9530886593
4 0.9397393889
5 0.9294606431
6 0.9202393546
7 0.9105912732
8 0.9013172714
9 0.8953720536
10 0.8892205555
e

# continued
$data15 << e
0 0.8741080593
1 0.7281812342
2 0.7186632336
3 0.7152739403
4 0.7090667282
5 0.7047663515
6 0.7008904498
7 0.6967994418
8 0.6927942269
9 0.6879137027
10 0.6858089848
e

# continued
$data16 << e
0 0.9763199669
1 0.9025495521
2 0.8900481797
3 0.880103687
4 0.8706130685
5 0.8635355749
6 0.8562531383
7 0.8502059737
8 0.844725901
9 0.8378463503
10 0.8339764598
e

# c = 4
$data17 << e
0 3.603509103
1 3.263149982
2 1.236915263
3 0.7890550443
4 0.7756277259
5 0.7605836431
6 0.7537877452
7 0.7507284747
8 0.7466933542
9 0.7436539746
10 0.7433224113
e

# continued
$data18 << e
0 4.167726403
1 3.516468336
2 2.665836249
3 1.404569964
4 1.187250731
5 1.149074535
6 1.138080292
7 1.122026545
8 1.11690502
9 1.107476451
10 1.098826277
e

# continued
$data19 << e
0 3.496432237
1 2.582677732
2 1.189912001
3 0.9883233824
4 0.9598699455
5 0.9372033277
6 0.9254882744
7 0.9124669573
8 0.9048152747
9 0.896053817
10 0.8886637974
e

# continued
$data20 << e
0 3.905279867
1 3.247302242
2 2.203435026
3 1.062709605
4 0.9762293759
5 0.956824365
6 0.9392861412
7 0.9301674061
8 0.9204250621
9 0.9125691475
10 0.9058361746
e

# c = 8
$data21 << e
0 7.207018206
1 12.02659798
2 4.881364347
3 1.770844499
4 1.090683599
5 0.9041737562
6 0.9028061915
7 0.9039392163
8 0.9087428147
9 0.9071283051
10 0.9052234177
e

# continued
$data22 << e
0 8.335452807
1 7.365237816
2 3.828687965
3 1.015168203
4 0.8301734361
5 0.7683857142
6 0.7276753503
7 0.7038614583
8 0.6841153584
9 0.6807152481
10 0.6752897519
e

# continued
$data23 << e
0 6.992864474
1 9.123114536
2 4.46263318
3 2.543065163
4 1.645948944
5 0.6464667052
6 0.6024447344
7 0.5876507314
8 0.5796243538
9 0.5724757454
10 0.5697489867
e

# continued
$data24 << e
0 7.810559735
1 8.770407549
2 3.359239963
3 1.624240883
4 1.071548786
5 0.9111652672
6 0.919208907
7 0.9232785957
8 0.9337921377
9 0.9265317855
10 0.936153791
e

# c = 1
$data25 << e
0 1
1 0.8625667392
2 0.8507032579
3 0.8411508227
4 0.8341545489
5 0.8285841575
6 0.8226679285
7 0.816640789
8 0.8112542723
9 0.8058528621
10 0.8006106003
e

# continued
$data26 << e
0 1
1 0.9955117589
2 0.9721878775
3 0.9549957155
4 0.9411154908
5 0.9304969002
6 0.9210565628
7 0.9112470871
8 0.9018726252
9 0.8958637147
10 0.8896773373
e

# continued
$data27 << e
0 1
1 0.7294735028
2 0.7187451122
3 0.7152128087
4 0.709073361
5 0.7046505485
6 0.700613441
7 0.6980080933
8 0.6940829008
9 0.689302181
10 0.6870835042
e

# continued
$data28 << e
0 1
1 0.9047387997
2 0.8914492127
3 0.8812160293
4 0.8715472892
5 0.8643588663
6 0.8570226579
7 0.8509447135
8 0.8454179228
9 0.8384999757
10 0.8345875804
e

# c = 4
$data29 << e
0 4
1 4.420500889
2 1.482903557
3 0.7986754322
4 0.7788079241
5 0.7622302395
6 0.7548397112
7 0.751503359
8 0.7480015392
9 0.7447559244
10 0.7442732988
e

# continued
$data30 << e
0 4
1 3.582102214
2 3.208807961
3 1.465672125
4 1.190808319
5 1.150777714
6 1.139480054
7 1.123225
8 1.117892289
9 1.108360428
10 1.099622055
e

# continued
$data31 << e
0 4
1 3.411814804
2 1.25597336
3 0.9937699239
4 0.9626150649
5 0.9391700063
6 0.9271154982
7 0.9139322555
8 0.9061034493
9 0.8972504664
10 0.8897489705
e

# continued
$data32 << e
0 4
1 3.825348697
2 2.822713554
3 1.109796421
4 0.979977193
5 0.9594308597
6 0.9414555992
7 0.9321285137
8 0.9221645885
9 0.914134155
10 0.9072616313
e

# c = 8
$data33 << e
0 8
1 18.41524027
2 6.746289421
3 2.277400963
4 1.128833054
5 0.9077517748
6 0.9043838699
7 0.90499629
8 0.9095003098
9 0.9078493849
10 0.9057515466
e

# continued
$data34 << e
0 8
1 10.32024177
2 5.941686816
3 1.055818278
4 0.8434400194
5 0.7763209542
6 0.7331914096
7 0.7076308044
8 0.6866616533
9 0.6825653135
10 0.6764594311
e

# continued
$data35 << e
0 8
1 13.76369774
2 5.79276822
3 3.355367309
4 2.00787267
5 0.6711648808
6 0.6105067179
7 0.5922261547
8 0.5828063937
9 0.5750846254
10 0.572306053
e

# continued
$data36 << e
0 8
1 13.61869495
2 4.713740363
3 1.919843068
4 1.123932421
5 0.9128513534
6 0.9203507033
7 0.9234537428
8 0.9339063228
9 0.9268148538
10 0.9364793898
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
  set terminal pngcairo size 1960,730 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'images.png' : 'images-dark.png'

  set label '{/:Bold A ReLU network does the same, and comes back from far beyond c = 4}' at screen 0.0163265, screen 0.938356 font ',14' textcolor rgb ink
  set label '128 images, full batch, 784–256–256–10, SP: one curve for each seed' at screen 0.0163265, screen 0.869863 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.786301 to screen 0.0428571, screen 0.786301 nohead lc rgb color[1]
  set label 'c = 1' at screen 0.0510204, screen 0.786301 textcolor rgb ink
  set arrow from screen 0.113401, screen 0.786301 to screen 0.139932, screen 0.786301 nohead lc rgb color[2]
  set label 'c = 4' at screen 0.148095, screen 0.786301 textcolor rgb ink
  set arrow from screen 0.210476, screen 0.786301 to screen 0.237006, screen 0.786301 nohead lc rgb color[3]
  set label 'c = 8' at screen 0.245169, screen 0.786301 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3233068027; set tmargin at screen 0.5863013699; set bmargin at screen 0.1818761059
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 10
  set ytics ('' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0)
  set yrange [0.0355073611:13.95601879]
  set label 'L / L_0' at screen 0.0204082, screen 0.384089 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold loss over first loss}' at screen 0.0803588, screen 0.627397 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[1], \
    $data5 using 1:2 with lines lc rgb color[2], \
    $data6 using 1:2 with lines lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[2], \
    $data8 using 1:2 with lines lc rgb color[2], \
    $data9 using 1:2 with lines lc rgb color[3], \
    $data10 using 1:2 with lines lc rgb color[3], \
    $data11 using 1:2 with lines lc rgb color[3], \
    $data12 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.4044196599; set rmargin at screen 0.6473676871; set tmargin at screen 0.5863013699; set bmargin at screen 0.1818761059
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0, '2^{4}' 16 0, '2^{5}' 32 0)
  set yrange [0.4:32]
  set label 'η λ' at screen 0.353919, screen 0.384089 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold kernel: η λ}' at screen 0.40442, screen 0.679452 textcolor rgb ink
  set label 'largest eigenvalue' at screen 0.40442, screen 0.627397 textcolor rgb grey

  plot $data13 using 1:2 with lines lc rgb color[1], \
    $data14 using 1:2 with lines lc rgb color[1], \
    $data15 using 1:2 with lines lc rgb color[1], \
    $data16 using 1:2 with lines lc rgb color[1], \
    $data17 using 1:2 with lines lc rgb color[2], \
    $data18 using 1:2 with lines lc rgb color[2], \
    $data19 using 1:2 with lines lc rgb color[2], \
    $data20 using 1:2 with lines lc rgb color[2], \
    $data21 using 1:2 with lines lc rgb color[3], \
    $data22 using 1:2 with lines lc rgb color[3], \
    $data23 using 1:2 with lines lc rgb color[3], \
    $data24 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.7284805442; set rmargin at screen 0.9714285714; set tmargin at screen 0.5863013699; set bmargin at screen 0.1818761059
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.5 0, '' 1 0, '' 2 0, '' 4 0, '' 8 0, '' 16 0, '' 32 0)
  set yrange [0.4:32]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Hessian: η λ_{max}}' at screen 0.728481, screen 0.679452 textcolor rgb ink
  set label 'largest eigenvalue' at screen 0.728481, screen 0.627397 textcolor rgb grey

  plot $data25 using 1:2 with lines lc rgb color[1], \
    $data26 using 1:2 with lines lc rgb color[1], \
    $data27 using 1:2 with lines lc rgb color[1], \
    $data28 using 1:2 with lines lc rgb color[1], \
    $data29 using 1:2 with lines lc rgb color[2], \
    $data30 using 1:2 with lines lc rgb color[2], \
    $data31 using 1:2 with lines lc rgb color[2], \
    $data32 using 1:2 with lines lc rgb color[2], \
    $data33 using 1:2 with lines lc rgb color[3], \
    $data34 using 1:2 with lines lc rgb color[3], \
    $data35 using 1:2 with lines lc rgb color[3], \
    $data36 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object
  unset multiplot
}
