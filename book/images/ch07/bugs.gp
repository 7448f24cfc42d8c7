# Redraw bugs.png and bugs-dark.png with: gnuplot bugs.gp
set encoding utf8

# h_1
$data1 << e
64 0.004292405935
128 0.004313012832
256 0.004268952193
512 0.004192065639
1024 0.00409275005
e

# continued
$data2 << e
64 0.004270942026 0.004326750902
128 0.004290534645 0.004376905496
256 0.004202977419 0.004296506545
512 0.004172825702 0.004246033097
1024 0.004070115957 0.00411079121
e

# h_2
$data3 << e
64 0.03536115334
128 0.06716442163
256 0.1309889589
512 0.2577435713
1024 0.5050061051
e

# continued
$data4 << e
64 0.03444401677 0.03746426129
128 0.06295010792 0.07453054575
256 0.128685285 0.131989792
512 0.2529124987 0.2640121102
1024 0.4959286693 0.5059979518
e

# continued
$data5 << e
64 0.03536115334
128 0.07072230667
256 0.1414446133
512 0.2828892267
1024 0.5657784534
e

# f
$data6 << e
64 0.04009597578
128 0.03806835154
256 0.03803267462
512 0.04374696828
1024 0.05305560696
e

# continued
$data7 << e
64 0.03603893566 0.05307510685
128 0.03283326579 0.04189550559
256 0.0346759901 0.04135718075
512 0.04230426 0.04688464006
1024 0.05104234861 0.05445643127
e

# b_1
$data8 << e
64 0.001542826872
128 0.001539420174
256 0.001529203325
512 0.001515493308
1024 0.001468396737
e

# continued
$data9 << e
64 0.001536584492 0.001560743671
128 0.001529641281 0.001548509198
256 0.001528193908 0.001552363124
512 0.001509545195 0.001520270756
1024 0.001464302008 0.001470197608
e

# h_1
$data10 << e
64 0.001749709699
128 0.002677255808
256 0.003039995741
512 0.005852135286
1024 0.007713298182
e

# continued
$data11 << e
64 0.001608765752 0.002327589045
128 0.002332615832 0.003187141327
256 0.002934291601 0.00364890537
512 0.005337641284 0.006129190564
1024 0.005596110182 0.008029660472
e

# h_2
$data12 << e
64 0.02040621894
128 0.03277267066
256 0.03502762948
512 0.07587262012
1024 0.08539986793
e

# continued
$data13 << e
64 0.01363661703 0.02668116313
128 0.02514835462 0.0499998318
256 0.0278046132 0.05497092644
512 0.06894646987 0.09200709196
1024 0.05933195839 0.1145292912
e

# f
$data14 << e
64 0.1975677016
128 0.5091312078
256 0.7288629242
512 2.3352265
1024 3.378665351
e

# continued
$data15 << e
64 0.1105069231 0.3489158507
128 0.3755034207 0.7078911205
256 0.5051317616 1.362249602
512 1.925715262 3.109916295
1024 1.973691099 4.885371205
e

# continued
$data16 << e
64 0.1975677016
128 0.3951354032
256 0.7902708064
512 1.580541613
1024 3.161083225
e

# b_1
$data17 << e
64 0.000716140324
128 0.001221209894
256 0.001256426336
512 0.002639451409
1024 0.003078166277
e

# continued
$data18 << e
64 0.0006023808772 0.000934327369
128 0.001045149333 0.001573672652
256 0.0009970562358 0.001868224314
512 0.002460880857 0.003288485466
1024 0.002167603331 0.004060029809
e

# h_1
$data19 << e
64 0.002236010063
128 0.002310236867
256 0.002316045886
512 0.002308101946
1024 0.002285645084
e

# continued
$data20 << e
64 0.002149168498 0.002699464479
128 0.002266845133 0.002360970674
256 0.002256971468 0.002460634057
512 0.002285768444 0.002350312891
1024 0.002222617534 0.002387756059
e

# h_2
$data21 << e
64 0.01590424746
128 0.01636378267
256 0.01597756734
512 0.01658066455
1024 0.01663450814
e

# continued
$data22 << e
64 0.01567533978 0.01817285664
128 0.0145966025 0.01727225501
256 0.01517658454 0.0166179851
512 0.01632443793 0.01727084039
1024 0.01646964344 0.01672676155
e

# f
$data23 << e
64 0.3127213852
128 0.2723105237
256 0.2659419113
512 0.2708498742
1024 0.2730749441
e

# continued
$data24 << e
64 0.3001171186 0.3229392785
128 0.2627657261 0.3110654568
256 0.2481122419 0.279015486
512 0.2616321506 0.2843783232
1024 0.2643669151 0.2891823288
e

# b_1
$data25 << e
64 0.0009183747
128 0.0004527001524
256 0.000234820076
512 0.0001198454937
1024 5.912253178e-05
e

# continued
$data26 << e
64 0.0007751154846 0.0009880174656
128 0.0003971119099 0.0004696037494
256 0.0002252236017 0.0002378952198
512 0.000119582345 0.0001205117554
1024 5.807093405e-05 6.11110446e-05
e

# continued
$data27 << e
64 0.0009183747
128 0.00045918735
256 0.000229593675
512 0.0001147968375
1024 5.739841875e-05
e

# h_1
$data28 << e
64 0.01281036227
128 0.01048737737
256 0.005659161557
512 0.005751585915
1024 0.003531205195
e

# continued
$data29 << e
64 0.01136101002 0.01565574995
128 0.009525299072 0.01323674171
256 0.004745476116 0.007887590693
512 0.005422759045 0.006802217089
1024 0.002540625072 0.004327948051
e

# h_2
$data30 << e
64 0.02961716588
128 0.02531960938
256 0.01325154774
512 0.01396051577
1024 0.007937018253
e

# continued
$data31 << e
64 0.0231406202 0.03417457304
128 0.01956968772 0.03321308449
256 0.01029571457 0.02059611048
512 0.01307422475 0.01751094803
1024 0.005435700662 0.01088260758
e

# continued
$data32 << e
64 0.02961716588
128 0.02094249883
256 0.01480858294
512 0.01047124942
1024 0.00740429147
e

# f
$data33 << e
64 0.168182299
128 0.2343259789
256 0.1578217072
512 0.2596685642
1024 0.1843056602
e

# continued
$data34 << e
64 0.1075487082 0.2448179843
128 0.1591194249 0.3040760581
256 0.1090439871 0.2897357318
512 0.228060285 0.3463790235
1024 0.09797507693 0.2912728881
e

# b_1
$data35 << e
64 0.01263421086
128 0.01044574696
256 0.005517519628
512 0.005644603697
1024 0.00342879336
e

# continued
$data36 << e
64 0.01101582528 0.01546093413
128 0.009286991157 0.01319376125
256 0.004549022691 0.007850870791
512 0.005352568106 0.006823323471
1024 0.002481075058 0.00427358306
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
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '10^{−4}' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1)
  set yrange [3.253868865e-05:8.617820625]
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
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1)
  set yrange [3.253868865e-05:8.617820625]
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
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '10^{−4}' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1)
  set yrange [3.253868865e-05:8.617820625]
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
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 4e-05 1, '' 5e-05 1, '' 6e-05 1, '' 7e-05 1, '' 8e-05 1, '' 9e-05 1, '' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1)
  set yrange [3.253868865e-05:8.617820625]
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
