# Redraw images.png and images-dark.png with: gnuplot images.gp
set encoding utf8

# c = 1
$data1 << e
0 1
1 0.3044655447
2 0.2610494974
3 0.2412621556
4 0.2266055
5 0.2146583448
6 0.2045366875
7 0.1957560279
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
5 0.3690795338
6 0.3444561935
7 0.3245602756
8 0.3079353896
9 0.2936867379
10 0.2812453757
e

# continued
$data3 << e
0 1
1 0.2476418779
2 0.1947733277
3 0.1773702672
4 0.1670904238
5 0.1591080248
6 0.1523093666
7 0.1463372274
8 0.1409957577
9 0.1361581422
10 0.1317583152
e

# continued
$data4 << e
0 1
1 0.4567104586
2 0.3833750461
3 0.3456484785
4 0.3198896305
5 0.3001641843
6 0.2841281947
7 0.2706619304
8 0.2589594085
9 0.2486121505
10 0.2393274709
e

# c = 4
$data5 << e
0 1
1 2.513056065
2 0.9479456371
3 0.1705138193
4 0.1315514604
5 0.1141137673
6 0.1038609018
7 0.09657773805
8 0.09070283126
9 0.08571130642
10 0.08130117554
e

# continued
$data6 << e
0 1
1 1.337445488
2 2.025915698
3 0.7403295253
4 0.2015338883
5 0.1670039269
6 0.1520482557
7 0.1404164717
8 0.1306793258
9 0.1222878321
10 0.114910426
e

# continued
$data7 << e
0 1
1 1.547110932
2 0.3307478768
3 0.1215308008
4 0.09457442985
5 0.08314956516
6 0.07617259054
7 0.07090024277
8 0.06648373815
9 0.06262237416
10 0.0592169924
e

# continued
$data8 << e
0 1
1 2.075554096
2 1.932318964
3 0.322610743
4 0.1743674231
5 0.1502091421
6 0.1366842557
7 0.126576619
8 0.1182515309
9 0.1111194605
10 0.1048253037
e

# c = 8
$data9 << e
0 1
1 10.63732213
2 2.00900895
3 0.3493394248
4 0.1202735993
5 0.090424691
6 0.08282864681
7 0.07737442504
8 0.07298226362
9 0.06928974899
10 0.0660979635
e

# continued
$data10 << e
0 1
1 5.310481572
2 4.423172648
3 0.2200068946
4 0.1460520345
5 0.1261682341
6 0.1133328693
7 0.1038026577
8 0.09640006177
9 0.09034863605
10 0.08523052333
e

# continued
$data11 << e
0 1
1 6.221658698
2 1.147144295
3 0.5122121071
4 0.2358665326
5 0.06632801671
6 0.05774084215
7 0.05365070311
8 0.05078696788
9 0.04849744253
10 0.04658517117
e

# continued
$data12 << e
0 1
1 8.571073683
2 2.108807826
3 0.3637871282
4 0.1620349439
5 0.1257655386
6 0.1124247931
7 0.1024503925
8 0.09469628557
9 0.08834502884
10 0.08304977496
e

# c = 1
$data13 << e
0 0.900877267
1 0.8610136992
2 0.8499214118
3 0.8405224317
4 0.8336294114
5 0.8281149035
6 0.8222774007
7 0.8162301151
8 0.8108418306
9 0.8054312674
10 0.8002022326
e

# continued
$data14 << e
0 1.04193159
1 0.9908541663
2 0.9693250586
3 0.953088623
4 0.9397393658
5 0.929460657
6 0.9202393445
7 0.9105912515
8 0.9013172865
9 0.895372008
10 0.8892205352
e

# continued
$data15 << e
0 0.8741080219
1 0.7281811994
2 0.7186631703
3 0.7152738061
4 0.7090666143
5 0.7047664014
6 0.7008904384
7 0.6967994506
8 0.6927942359
9 0.6879137116
10 0.6858089734
e

# continued
$data16 << e
0 0.9763199468
1 0.9025495521
2 0.8900481802
3 0.8801036873
4 0.8706130972
5 0.8635355755
6 0.8562531668
7 0.8502059738
8 0.8447259298
9 0.837846237
10 0.8339763892
e

# c = 4
$data17 << e
0 3.603509068
1 3.26314976
2 1.236915262
3 0.7890549673
4 0.7756276989
5 0.7605836255
6 0.7537877448
7 0.7507284819
8 0.7466933923
9 0.7436540321
10 0.7433224051
e

# continued
$data18 << e
0 4.167726361
1 3.516468313
2 2.665836026
3 1.404569944
4 1.187250744
5 1.149074725
6 1.13808043
7 1.122026634
8 1.11690511
9 1.107476493
10 1.098826368
e

# continued
$data19 << e
0 3.496432087
1 2.582677648
2 1.189912002
3 0.9883232119
4 0.9598699034
5 0.9372033264
6 0.9254882729
7 0.9124669969
8 0.9048152729
9 0.8960537955
10 0.888663765
e

# continued
$data20 << e
0 3.905279787
1 3.247302105
2 2.203435071
3 1.062709641
4 0.9762293931
5 0.9568243648
6 0.9392860711
7 0.9301674059
8 0.9204250629
9 0.9125691625
10 0.9058362173
e

# c = 8
$data21 << e
0 7.207018136
1 12.0265973
2 4.881363718
3 1.770844435
4 1.090683685
5 0.9041738478
6 0.9028062374
7 0.9039392346
8 0.9087428591
9 0.9071284009
10 0.9052234613
e

# continued
$data22 << e
0 8.335452722
1 7.365237552
2 3.828687247
3 1.015167956
4 0.8301732192
5 0.7683855176
6 0.7276750953
7 0.7038613696
8 0.6841152512
9 0.6807151778
10 0.6752895831
e

# continued
$data23 << e
0 6.992864175
1 9.123114178
2 4.46263285
3 2.543064951
4 1.645948626
5 0.6464667184
6 0.6024446798
7 0.5876506682
8 0.5796243738
9 0.5724757855
10 0.5697490167
e

# continued
$data24 << e
0 7.810559575
1 8.77040719
2 3.359239606
3 1.624240652
4 1.071548901
5 0.9111653638
6 0.9192090372
7 0.9232786951
8 0.9337922367
9 0.9265318855
10 0.9361538908
e

# c = 1
$data25 << e
0 1
1 0.8625667189
2 0.8507032265
3 0.8411507908
4 0.8341545426
5 0.8285840874
6 0.8226678326
7 0.8166407443
8 0.8112541893
9 0.8058529328
10 0.8006106583
e

# continued
$data26 << e
0 1
1 0.9955116454
2 0.9721877311
3 0.9549955701
4 0.9411155895
5 0.9304968171
6 0.9210564916
7 0.9112470163
8 0.9018725676
9 0.8958636082
10 0.8896772681
e

# continued
$data27 << e
0 1
1 0.7294734643
2 0.7187450786
3 0.7152128082
4 0.7090734111
5 0.7046505783
6 0.7006134705
7 0.6980080952
8 0.6940829406
9 0.68930218
10 0.6870835237
e

# continued
$data28 << e
0 1
1 0.9047388058
2 0.8914492703
3 0.8812160295
4 0.8715473181
5 0.8643589092
6 0.8570227149
7 0.8509446007
8 0.845417852
9 0.8384999193
10 0.8345875098
e

# c = 4
$data29 << e
0 4
1 4.420500717
2 1.482903633
3 0.7986754343
4 0.778807911
5 0.7622302222
6 0.7548396913
7 0.7515032894
8 0.7480014935
9 0.7447558545
10 0.744273229
e

# continued
$data30 << e
0 4
1 3.58210216
2 3.208807856
3 1.465672149
4 1.190808387
5 1.150777729
6 1.139480069
7 1.123225017
8 1.11789233
9 1.108360494
10 1.099622073
e

# continued
$data31 << e
0 4
1 3.41181468
2 1.255973372
3 0.9937699574
4 0.9626150037
5 0.9391699026
6 0.9271156399
7 0.9139323767
8 0.9061035303
9 0.8972505059
10 0.8897490206
e

# continued
$data32 << e
0 4
1 3.825348738
2 2.822713521
3 1.109796444
4 0.979977181
5 0.9594309014
6 0.9414556568
7 0.9321285138
8 0.9221646322
9 0.9141341556
10 0.9072616604
e

# c = 8
$data33 << e
0 8
1 18.41523948
2 6.746288358
3 2.277400687
4 1.1288331
5 0.9077517962
6 0.904383941
7 0.9049964123
8 0.9095004331
9 0.907849481
10 0.9057516417
e

# continued
$data34 << e
0 8
1 10.32024105
2 5.941686828
3 1.055818075
4 0.8434398566
5 0.7763208403
6 0.7331912496
7 0.7076306574
8 0.6866614971
9 0.6825652185
10 0.6764593108
e

# continued
$data35 << e
0 8
1 13.76369588
2 5.792767432
3 3.355367245
4 2.007872072
5 0.6711648522
6 0.6105067613
7 0.5922261653
8 0.582806413
9 0.575084625
10 0.5723060426
e

# continued
$data36 << e
0 8
1 13.61869511
2 4.713740011
3 1.91984258
4 1.123932469
5 0.9128514502
6 0.9203508348
7 0.9234538703
8 0.933906423
9 0.9268149957
10 0.9364794903
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
  set yrange [0.03550736666:13.95601868]
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
