# Redraw coordinates.png and coordinates-dark.png with: gnuplot coordinates.gp
set encoding utf8

# h_1
$data1 << e
64 0.001969237863
128 0.001338626849
256 0.000804624424
512 0.0006574253358
1024 0.0004545253009
2048 0.0002791829564
e

# continued
$data2 << e
64 0.001608765752 0.002624216884
128 0.0009489016617 0.001593566098
256 0.0007089357507 0.001112223004
512 0.0005652138724 0.0007661454818
1024 0.0003497581459 0.0005227368533
2048 0.0002456795149 0.0004176848038
e

# continued
$data3 << e
64 0.001969237863
128 0.001392461447
256 0.0009846189317
512 0.0006962307235
1024 0.0004923094659
2048 0.0003481153618
e

# h_2
$data4 << e
64 0.02592490996
128 0.03253980645
256 0.04120709821
512 0.0644927177
1024 0.07158030005
2048 0.1004021741
e

# continued
$data5 << e
64 0.01363661703 0.04135490346
128 0.01831249862 0.04811623905
256 0.02581986855 0.05231256579
512 0.0440981459 0.08491262893
1024 0.0453254001 0.1172342485
2048 0.07538764681 0.175573263
e

# continued
$data6 << e
64 0.02592490996
128 0.03666335927
256 0.05184981992
512 0.07332671853
1024 0.1036996398
2048 0.1466534371
e

# f
$data7 << e
64 0.3113379985
128 0.462883102
256 0.9441238954
512 2.097374318
1024 3.30537866
2048 6.42645157
e

# continued
$data8 << e
64 0.1105069231 0.4645099563
128 0.2165049142 0.7566161003
256 0.4985256661 1.348531643
512 1.444831067 3.074876029
1024 1.443792255 5.627251747
2048 4.46241514 11.98027834
e

# continued
$data9 << e
64 0.3113379985
128 0.622675997
256 1.245351994
512 2.490703988
1024 4.981407976
2048 9.962815952
e

# h_1
$data10 << e
64 0.002282086122
128 0.002452795472
256 0.002471213506
512 0.002499644331
1024 0.002496014572
2048 0.002507762244
e

# continued
$data11 << e
64 0.002149168498 0.002699464479
128 0.002316847579 0.002719901805
256 0.002309623868 0.002686456285
512 0.002439070307 0.00259597629
1024 0.002397902893 0.002567703942
2048 0.00247712172 0.002563423521
e

# continued
$data12 << e
64 0.002282086122
128 0.002282086122
256 0.002282086122
512 0.002282086122
1024 0.002282086122
2048 0.002282086122
e

# h_2
$data13 << e
64 0.01592900495
128 0.0174683408
256 0.017485665
512 0.01773809248
1024 0.01763046848
2048 0.01781510807
e

# continued
$data14 << e
64 0.01403741265 0.01938271743
128 0.01505974987 0.01913793053
256 0.01589447713 0.01906622939
512 0.01697725607 0.0182243408
1024 0.01664832136 0.01804844182
2048 0.01741224657 0.01813614039
e

# continued
$data15 << e
64 0.01592900495
128 0.01592900495
256 0.01592900495
512 0.01592900495
1024 0.01592900495
2048 0.01592900495
e

# f
$data16 << e
64 0.3035158178
128 0.2677999254
256 0.2777225792
512 0.2730232455
1024 0.2734140456
2048 0.2695307746
e

# continued
$data17 << e
64 0.2350637251 0.3321252578
128 0.2600664677 0.311237862
256 0.2483450157 0.2916050772
512 0.261943948 0.2860667572
1024 0.2509953978 0.2895208926
2048 0.2674751919 0.278901761
e

# continued
$data18 << e
64 0.3035158178
128 0.3035158178
256 0.3035158178
512 0.3035158178
1024 0.3035158178
2048 0.3035158178
e

# h_1
$data19 << e
64 0.002943090403
128 0.00283422614
256 0.002872874121
512 0.002894332955
1024 0.002849386368
2048 0.002890114852
e

# continued
$data20 << e
64 0.002830224364 0.003054782441
128 0.0027429948 0.002937727906
256 0.002810709743 0.002953670543
512 0.00283985765 0.002929948724
1024 0.00279111196 0.002928729323
2048 0.002799177085 0.002919028214
e

# continued
$data21 << e
64 0.002943090403
128 0.002943090403
256 0.002943090403
512 0.002943090403
1024 0.002943090403
2048 0.002943090403
e

# h_2
$data22 << e
64 0.02755238992
128 0.05347506764
256 0.1023743958
512 0.2024854552
1024 0.3980338626
2048 0.7646182149
e

# continued
$data23 << e
64 0.02401945451 0.03176486296
128 0.04268893115 0.06010299298
256 0.08504279074 0.1154228786
512 0.1639353112 0.2300618912
1024 0.2908639449 0.4443362896
2048 0.665282352 0.8914519704
e

# continued
$data24 << e
64 0.02755238992
128 0.05510477983
256 0.1102095597
512 0.2204191193
1024 0.4408382387
2048 0.8816764773
e

# f
$data25 << e
64 0.08442490885
128 0.1895716898
256 0.4855216546
512 1.204418761
1024 3.110883384
2048 8.228600111
e

# continued
$data26 << e
64 0.05946061712 0.1010344653
128 0.129425074 0.2232662428
256 0.3608137852 0.5253095316
512 0.9539598342 1.378748077
1024 2.024381793 3.546850398
2048 6.954334625 10.37801124
e

# continued
$data27 << e
64 0.08442490885
128 0.2387897022
256 0.6753992708
512 1.910317618
1024 5.403194166
2048 15.28254094
e

# h_1
$data28 << e
64 0.04761546754
128 0.04810466646
256 0.04815592598
512 0.04786272711
1024 0.04788772399
2048 0.04785619094
e

# continued
$data29 << e
64 0.04609299827 0.04874425361
128 0.04708148509 0.04877408614
256 0.04721287807 0.04894580726
512 0.04745514063 0.04831288048
1024 0.04751251003 0.04818049088
2048 0.04768748032 0.04803100582
e

# continued
$data30 << e
64 0.04761546754
128 0.04761546754
256 0.04761546754
512 0.04761546754
1024 0.04761546754
2048 0.04761546754
e

# h_2
$data31 << e
64 0.4088746415
128 0.4074474749
256 0.4072905636
512 0.4057823335
1024 0.406422308
2048 0.4073014052
e

# continued
$data32 << e
64 0.3821064803 0.4336603303
128 0.3821864556 0.4385579975
256 0.3978430483 0.433014715
512 0.3909596726 0.4164098743
1024 0.3863264271 0.4136211094
2048 0.4011627382 0.4125838599
e

# continued
$data33 << e
64 0.4088746415
128 0.4088746415
256 0.4088746415
512 0.4088746415
1024 0.4088746415
2048 0.4088746415
e

# f
$data34 << e
64 0.3148131597
128 0.2816320746
256 0.2766719248
512 0.2711480491
1024 0.2710233683
2048 0.2682353038
e

# continued
$data35 << e
64 0.2456049227 0.3244436702
128 0.2460964066 0.2957731303
256 0.2676468921 0.2983174917
512 0.2615783087 0.2843943044
1024 0.2523449062 0.2761684148
2048 0.2636240033 0.27310351
e

# continued
$data36 << e
64 0.3148131597
128 0.3148131597
256 0.3148131597
512 0.3148131597
1024 0.3148131597
2048 0.3148131597
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
  set output theme eq 'light' ? 'coordinates.png' : 'coordinates-dark.png'

  set label '{/:Bold Under SP a layer moves by a power of the width, under µP by none}' at screen 0.0163265, screen 0.967297 font ',14' textcolor rgb ink
  set label 'rms of what training changed; median, smallest to largest; dashed: derived slopes' at screen 0.0163265, screen 0.930959 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.886628 to screen 0.0428571, screen 0.886628 nohead lc rgb color[1]
  set label 'h_1' at screen 0.0510204, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.093811, screen 0.886628 to screen 0.120342, screen 0.886628 nohead lc rgb color[2]
  set label 'h_2' at screen 0.128505, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.171296, screen 0.886628 to screen 0.197826, screen 0.886628 nohead lc rgb color[3]
  set label 'f' at screen 0.205989, screen 0.886628 textcolor rgb ink
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
  set ytics ('' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1)
  set yrange [0.0001414743199:26.53914327]
  set label 'change' at screen 0.0204082, screen 0.635174 center rotate textcolor rgb ink
  set label '{/:Bold SP, SGD}' at screen 0.0803588, screen 0.829942 textcolor rgb ink
  set label 'after 1 step' at screen 0.0803588, screen 0.802326 textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data9 using 1:2 with lines dt (16,10) lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7805232558; set bmargin at screen 0.4898255814
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1)
  set yrange [0.0001414743199:26.53914327]
  set label '{/:Bold µP, SGD}' at screen 0.544261, screen 0.829942 textcolor rgb ink
  set label 'after 20 steps' at screen 0.544261, screen 0.802326 textcolor rgb grey

  plot $data11 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data14 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data17 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data10 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data13 using 1:2 with lines lc rgb color[2], \
    $data15 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data16 using 1:2 with lines lc rgb color[3], \
    $data18 using 1:2 with lines dt (16,10) lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.08035877551; set rmargin at screen 0.5075263265; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1)
  set yrange [0.0001414743199:26.53914327]
  set label 'change' at screen 0.0204082, screen 0.241279 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP, Adam}' at screen 0.0803588, screen 0.436047 textcolor rgb ink
  set label 'after 1 step' at screen 0.0803588, screen 0.40843 textcolor rgb grey

  plot $data20 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data23 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data26 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data19 using 1:2 with lines lc rgb color[1], \
    $data21 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data22 using 1:2 with lines lc rgb color[2], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data25 using 1:2 with lines lc rgb color[3], \
    $data27 using 1:2 with lines dt (16,10) lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1)
  set yrange [0.0001414743199:26.53914327]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, Adam}' at screen 0.544261, screen 0.436047 textcolor rgb ink
  set label 'after 20 steps' at screen 0.544261, screen 0.40843 textcolor rgb grey

  plot $data29 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data32 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data35 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data28 using 1:2 with lines lc rgb color[1], \
    $data30 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data31 using 1:2 with lines lc rgb color[2], \
    $data33 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data34 using 1:2 with lines lc rgb color[3], \
    $data36 using 1:2 with lines dt (16,10) lc rgb color[3]
  unset label; unset arrow; unset object
  unset multiplot
}
