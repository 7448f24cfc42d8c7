# Redraw coordinates.png and coordinates-dark.png with: gnuplot coordinates.gp
set encoding utf8

# h_1
$data1 << e
64 0.001749709699
128 0.001338626849
256 0.0007599968474
512 0.0007315187741
1024 0.0004820803097
e

# continued
$data2 << e
64 0.001608765752 0.002327589045
128 0.001166308549 0.001593566098
256 0.0007335720865 0.0009122262801
512 0.0006672046707 0.0007661454818
1024 0.0003497581459 0.0005018543175
e

# continued
$data3 << e
64 0.001749709699
128 0.001237231594
256 0.0008748548497
512 0.0006186157968
1024 0.0004374274248
e

# h_2
$data4 << e
64 0.02040621894
128 0.03127851389
256 0.03263127772
512 0.07011625034
1024 0.07802484252
e

# continued
$data5 << e
64 0.01363661703 0.02668116313
128 0.02388901221 0.04811623905
256 0.02581986855 0.05146060488
512 0.06352347328 0.08491262893
1024 0.05450897155 0.1050192562
e

# continued
$data6 << e
64 0.02040621894
128 0.02885875159
256 0.04081243789
512 0.05771750318
1024 0.08162487578
e

# f
$data7 << e
64 0.1975677016
128 0.5052405205
256 0.7200038225
512 2.305800796
1024 3.329720147
e

# continued
$data8 << e
64 0.1105069231 0.3489158507
128 0.3727135092 0.7016692456
256 0.4985256661 1.348531643
512 1.896711279 3.074876029
1024 1.936376923 4.814045645
e

# continued
$data9 << e
64 0.1975677016
128 0.3951354032
256 0.7902708064
512 1.580541613
1024 3.161083225
e

# h_1
$data10 << e
64 0.002236010063
128 0.002441289517
256 0.002471916604
512 0.002483024407
1024 0.002455879762
e

# continued
$data11 << e
64 0.002149168498 0.002699464479
128 0.002369102066 0.002470848411
256 0.002422750805 0.002619892365
512 0.002458788139 0.002527974399
1024 0.002397902893 0.002562549685
e

# continued
$data12 << e
64 0.002236010063
128 0.002236010063
256 0.002236010063
512 0.002236010063
1024 0.002236010063
e

# h_2
$data13 << e
64 0.01590424746
128 0.01683703724
256 0.01670290909
512 0.01749905455
1024 0.01760661515
e

# continued
$data14 << e
64 0.01567533978 0.01817285664
128 0.01505974987 0.01777427971
256 0.01589447713 0.01737520947
512 0.01728219705 0.0182243408
1024 0.01743416731 0.0177227526
e

# continued
$data15 << e
64 0.01590424746
128 0.01590424746
256 0.01590424746
512 0.01590424746
1024 0.01590424746
e

# f
$data16 << e
64 0.3127213852
128 0.2724807364
256 0.2661726489
512 0.2711560769
1024 0.2734140456
e

# continued
$data17 << e
64 0.3001171186 0.3229392785
128 0.2629192348 0.311237862
256 0.2483450157 0.2792541098
512 0.261943948 0.2846987202
1024 0.264718993 0.2895208926
e

# continued
$data18 << e
64 0.3127213852
128 0.3127213852
256 0.3127213852
512 0.3127213852
1024 0.3127213852
e

# h_1
$data19 << e
64 0.002950344316
128 0.002871549687
256 0.002902110259
512 0.002881332637
1024 0.002818428289
e

# continued
$data20 << e
64 0.002868145342 0.002965076208
128 0.002793947566 0.002937727906
256 0.002866667583 0.002931831396
512 0.00283985765 0.002895713144
1024 0.00279111196 0.002831603265
e

# continued
$data21 << e
64 0.002950344316
128 0.002950344316
256 0.002950344316
512 0.002950344316
1024 0.002950344316
e

# h_2
$data22 << e
64 0.02587048964
128 0.05331896198
256 0.09584428693
512 0.2085461971
1024 0.3744745132
e

# continued
$data23 << e
64 0.02428942696 0.02811162617
128 0.04413090431 0.06010299298
256 0.08504279074 0.1154228786
512 0.1966908078 0.2300618912
1024 0.311117835 0.4423261358
e

# continued
$data24 << e
64 0.02587048964
128 0.05174097929
256 0.1034819586
512 0.2069639171
1024 0.4139278343
e

# f
$data25 << e
64 0.07369652903
128 0.1901867166
256 0.446350392
512 1.253546842
1024 2.888770782
e

# continued
$data26 << e
64 0.05946061712 0.07915487083
128 0.1480827862 0.2232662428
256 0.3800772437 0.5006528407
512 1.180265424 1.309893973
1024 2.032124141 3.546850398
e

# continued
$data27 << e
64 0.07369652903
128 0.2084452617
256 0.5895722323
512 1.667562094
1024 4.716577858
e

# h_1
$data28 << e
64 0.0475156636
128 0.04813851798
256 0.04809772227
512 0.0480208663
1024 0.04774263836
e

# continued
$data29 << e
64 0.04618366622 0.04874425361
128 0.04742605434 0.04854037134
256 0.04795677432 0.04813426065
512 0.04756726993 0.04831288048
1024 0.04751251003 0.04818049088
e

# continued
$data30 << e
64 0.0475156636
128 0.0475156636
256 0.0475156636
512 0.0475156636
1024 0.0475156636
e

# h_2
$data31 << e
64 0.4088746415
128 0.4055666613
256 0.4046695897
512 0.4083198412
1024 0.406422308
e

# continued
$data32 << e
64 0.3976360376 0.4238798927
128 0.3821864556 0.4385579975
256 0.4016011802 0.408801047
512 0.3997939898 0.4164098743
1024 0.4026712548 0.4095628351
e

# continued
$data33 << e
64 0.4088746415
128 0.4088746415
256 0.4088746415
512 0.4088746415
1024 0.4088746415
e

# f
$data34 << e
64 0.3168762626
128 0.2874068245
256 0.2764529337
512 0.2767869064
1024 0.2726251609
e

# continued
$data35 << e
64 0.2833757203 0.3212691304
128 0.267600873 0.295269906
256 0.2677272047 0.2846708739
512 0.2625560746 0.2843943044
1024 0.2639792452 0.2748111282
e

# continued
$data36 << e
64 0.3168762626
128 0.3168762626
256 0.3168762626
512 0.3168762626
1024 0.3168762626
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
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1)
  set yrange [0.0002171854464:7.752599023]
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
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1)
  set yrange [0.0002171854464:7.752599023]
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
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1)
  set yrange [0.0002171854464:7.752599023]
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
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1)
  set yrange [0.0002171854464:7.752599023]
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
