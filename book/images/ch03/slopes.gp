# Redraw slopes.png and slopes-dark.png with: gnuplot slopes.gp
set encoding utf8

# SP
$data1 << e
64 0.617149917
128 0.4452514105
256 0.3104563987
512 0.210612217
1024 0.1457250414
2048 0.1084536852
e

# continued
$data2 << e
64 0.6164752342
128 0.4359138185
256 0.3082376171
512 0.2179569093
1024 0.1541188085
2048 0.1089784546
e

# NTK
$data3 << e
64 0.004821483726
128 0.003478526645
256 0.002425440615
512 0.001645407946
1024 0.001138476886
2048 0.0008472944156
e

# continued
$data4 << e
64 0.004816212767
128 0.003405576707
256 0.002408106383
512 0.001702788354
1024 0.001204053192
2048 0.0008513941768
e

# v1
$data5 << e
64 0.4363908913
128 0.1574201459
256 0.0548814562
512 0.01861566586
1024 0.006440197809
2048 0.002396510508
e

# continued
$data6 << e
64 0.4359138185
128 0.1541188085
256 0.05448922731
512 0.01926485107
1024 0.006811153414
2048 0.002408106383
e

# v2
$data7 << e
64 0.05454886141
128 0.02782821316
256 0.01372036405
512 0.006581631783
1024 0.003220098904
2048 0.001694588831
e

# continued
$data8 << e
64 0.05448922731
128 0.02724461366
256 0.01362230683
512 0.006811153414
1024 0.003405576707
2048 0.001702788354
e

# µP
$data9 << e
64 0.617149917
128 0.6296805835
256 0.6209127974
512 0.5957013075
1024 0.5829001655
2048 0.61350669
e

# continued
$data10 << e
64 0.6164752342
128 0.6164752342
256 0.6164752342
512 0.6164752342
1024 0.6164752342
2048 0.6164752342
e

# SP
$data11 << e
64 0.4331276688
128 0.4345699782
256 0.433627304
512 0.4263919867
1024 0.4198421683
2048 0.4280156452
e

# continued
$data12 << e
64 0.4359138185
128 0.4359138185
256 0.4359138185
512 0.4359138185
1024 0.4359138185
2048 0.4359138185
e

# NTK
$data13 << e
64 0.006767619826
128 0.003395077955
256 0.001693856656
512 0.0008327968491
1024 0.0004100021175
2048 0.0002089920143
e

# continued
$data14 << e
64 0.006811153414
128 0.003405576707
256 0.001702788354
512 0.0008513941768
1024 0.0004256970884
2048 0.0002128485442
e

# v1
$data15 << e
64 0.3062675118
128 0.1536436893
256 0.0766552018
512 0.03768808316
1024 0.01855457776
2048 0.009457898912
e

# continued
$data16 << e
64 0.3082376171
128 0.1541188085
256 0.07705940427
512 0.03852970214
1024 0.01926485107
2048 0.009632425534
e

# v2
$data17 << e
64 0.03828343897
128 0.02716062364
256 0.01916380045
512 0.01332474959
1024 0.009277288882
2048 0.006687744457
e

# continued
$data18 << e
64 0.03852970214
128 0.02724461366
256 0.01926485107
512 0.01362230683
1024 0.009632425534
2048 0.006811153414
e

# µP
$data19 << e
64 0.4331276688
128 0.3072873785
256 0.216813652
512 0.1507523326
1024 0.1049605421
2048 0.0756631913
e

# continued
$data20 << e
64 0.4359138185
128 0.3082376171
256 0.2179569093
512 0.1541188085
1024 0.1089784546
2048 0.07705940427
e

# SP
$data21 << e
64 7.280160882
128 10.28334124
256 13.98836687
512 19.23771785
1024 27.646577
2048 39.03890801
e

# continued
$data22 << e
64 6.974621096
128 9.863603747
256 13.94924219
512 19.72720749
1024 27.89848438
2048 39.45441499
e

# NTK
$data23 << e
64 0.1137525138
128 0.08033860347
256 0.0546420581
512 0.03757366767
1024 0.02699861035
2048 0.0190619668
e

# continued
$data24 << e
64 0.1089784546
128 0.07705940427
256 0.05448922731
512 0.03852970214
1024 0.02724461366
2048 0.01926485107
e

# v1
$data25 << e
64 2.573925564
128 1.817855082
256 1.236408634
512 0.8501950466
1024 0.6109088147
2048 0.4313230716
e

# continued
$data26 << e
64 2.465900937
128 1.743655274
256 1.232950468
512 0.871827637
1024 0.6164752342
2048 0.4359138185
e

# v2
$data27 << e
64 0.3217406955
128 0.3213544139
256 0.3091021586
512 0.3005893414
1024 0.3054544074
2048 0.3049914688
e

# continued
$data28 << e
64 0.3082376171
128 0.3082376171
256 0.3082376171
512 0.3082376171
1024 0.3082376171
2048 0.3082376171
e

# µP
$data29 << e
64 7.280160882
128 7.271420327
256 6.994183437
512 6.801560373
1024 6.911644249
2048 6.901169146
e

# continued
$data30 << e
64 6.974621096
128 6.974621096
256 6.974621096
512 6.974621096
1024 6.974621096
2048 6.974621096
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
  set terminal pngcairo size 1960,728 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'slopes.png' : 'slopes-dark.png'

  set label '{/:Bold Flat in one layer says little about the others}' at screen 0.0163265, screen 0.938187 font ',14' textcolor rgb ink
  set label 'learning-rate factor × ‖df/dw‖ / ‖w‖, depth 4; dashed: predicted, no fitted constant' at screen 0.0163265, screen 0.869505 textcolor rgb grey
  set label '' at screen 0.0295918, screen 0.785714 point pt 7 ps 0.7 lc rgb color[1]
  set label 'SP' at screen 0.0510204, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.111516, screen 0.785714 point pt 7 ps 0.7 lc rgb color[2]
  set label 'NTK' at screen 0.132945, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.203791, screen 0.785714 point pt 7 ps 0.7 lc rgb color[3]
  set label 'v1' at screen 0.225219, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.283165, screen 0.785714 point pt 7 ps 0.7 lc rgb color[4]
  set label 'v2' at screen 0.304594, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.36254, screen 0.785714 point pt 7 ps 0.7 lc rgb color[5]
  set label 'µP' at screen 0.383968, screen 0.785714 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07846877551; set rmargin at screen 0.3516322449; set tmargin at screen 0.6373626374; set bmargin at screen 0.1813897692
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 2
  set ytics ('' 0.0001220703125 1, '2^{−12}' 0.000244140625 0, '' 0.00048828125 1, '' 0.0009765625 1, '' 0.001953125 1, '2^{−8}' 0.00390625 0, '' 0.0078125 1, '' 0.015625 1, '' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '' 0.25 1, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '' 4 1, '' 8 1, '2^{4}' 16 0, '' 32 1, '' 64 1)
  set yrange [0.0001138495703:72.42590057]
  set label 'ratio' at screen 0.0204082, screen 0.409376 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold input}' at screen 0.0784688, screen 0.678571 textcolor rgb ink

  plot $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data8 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data10 using 1:2 with lines dt (16,10) lc rgb color[5], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data3 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data5 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data7 using 1:2 with points pt 7 ps 0.7 lc rgb color[4], \
    $data9 using 1:2 with points pt 7 ps 0.7 lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3883669388; set rmargin at screen 0.6615304082; set tmargin at screen 0.6373626374; set bmargin at screen 0.1813897692
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 2
  set ytics ('' 0.0001220703125 1, '' 0.000244140625 0, '' 0.00048828125 1, '' 0.0009765625 1, '' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 1, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 1, '' 0.5 1, '' 1 0, '' 2 1, '' 4 1, '' 8 1, '' 16 0, '' 32 1, '' 64 1)
  set yrange [0.0001138495703:72.42590057]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold hidden}' at screen 0.388367, screen 0.678571 textcolor rgb ink

  plot $data12 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data14 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data16 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data18 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data20 using 1:2 with lines dt (16,10) lc rgb color[5], \
    $data11 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data13 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data15 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data17 using 1:2 with points pt 7 ps 0.7 lc rgb color[4], \
    $data19 using 1:2 with points pt 7 ps 0.7 lc rgb color[5]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698265102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6373626374; set bmargin at screen 0.1813897692
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 2
  set ytics ('' 0.0001220703125 1, '' 0.000244140625 0, '' 0.00048828125 1, '' 0.0009765625 1, '' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 1, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 1, '' 0.5 1, '' 1 0, '' 2 1, '' 4 1, '' 8 1, '' 16 0, '' 32 1, '' 64 1)
  set yrange [0.0001138495703:72.42590057]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold output}' at screen 0.698265, screen 0.678571 textcolor rgb ink

  plot $data22 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data26 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data28 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data30 using 1:2 with lines dt (16,10) lc rgb color[5], \
    $data21 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data23 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data25 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data27 using 1:2 with points pt 7 ps 0.7 lc rgb color[4], \
    $data29 using 1:2 with points pt 7 ps 0.7 lc rgb color[5]
  unset label; unset arrow; unset object
  unset multiplot
}
