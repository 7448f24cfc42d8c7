# Redraw condition.png and condition-dark.png with: gnuplot condition.gp
set encoding utf8

# SP
$data1 << e
64 11.20714229
128 7.541510438
256 5.939321747
512 3.896955741
1024 2.929100161
2048 2.007354756
e

# continued
$data2 << e
64 11.3137085
128 8
256 5.656854249
512 4
1024 2.828427125
2048 2
e

# NTK
$data3 << e
64 0.09090187488
128 0.06180303517
256 0.04375118961
512 0.02976887544
1024 0.02251026605
2048 0.01574896532
e

# continued
$data4 << e
64 0.08838834765
128 0.0625
256 0.04419417382
512 0.03125
1024 0.02209708691
2048 0.015625
e

# µP
$data5 << e
64 10.83046842
128 11.04822324
256 11.51077891
512 10.90751158
1024 10.76267209
2048 11.30331133
e

# continued
$data6 << e
64 11.3137085
128 11.3137085
256 11.3137085
512 11.3137085
1024 11.3137085
2048 11.3137085
e

# v2
$data7 << e
64 0.6817255132
128 0.3633483031
256 0.1761084215
512 0.0848495006
1024 0.04326355304
2048 0.02208456091
e

# continued
$data8 << e
64 0.7071067812
128 0.3535533906
256 0.1767766953
512 0.08838834765
1024 0.04419417382
2048 0.02209708691
e

# SP
$data9 << e
64 5.615828441
128 7.528043024
256 11.32805957
512 15.72328003
1024 23.04431216
2048 32.19600559
e

# continued
$data10 << e
64 5.656854249
128 8
256 11.3137085
512 16
1024 22.627417
2048 32
e

# NTK
$data11 << e
64 0.08727421784
128 0.06333392714
256 0.04464110673
512 0.03169780209
1024 0.02159986374
2048 0.01574682523
e

# continued
$data12 << e
64 0.08838834765
128 0.0625
256 0.04419417382
512 0.03125
1024 0.02209708691
2048 0.015625
e

# µP
$data13 << e
64 5.590772024
128 5.72212069
256 5.825867954
512 5.516848902
1024 5.534353582
2048 5.573960362
e

# continued
$data14 << e
64 5.656854249
128 5.656854249
256 5.656854249
512 5.656854249
1024 5.656854249
2048 5.656854249
e

# v2
$data15 << e
64 0.3304003115
128 0.3652062983
256 0.3666111805
512 0.336623077
1024 0.3401132115
2048 0.3525072061
e

# continued
$data16 << e
64 0.3535533906
128 0.3535533906
256 0.3535533906
512 0.3535533906
1024 0.3535533906
2048 0.3535533906
e

# SP
$data17 << e
64 20.44656096
128 38.05235167
256 75.6927662
512 164.3851495
1024 313.6590915
2048 647.9749114
e

# continued
$data18 << e
64 20.23857703
128 40.47715405
256 80.9543081
512 161.9086162
1024 323.8172324
2048 647.6344648
e

# NTK
$data19 << e
64 0.3145348292
128 0.3285725216
256 0.3194258957
512 0.3186096076
1024 0.3029745833
2048 0.3141176549
e

# continued
$data20 << e
64 0.316227766
128 0.316227766
256 0.316227766
512 0.316227766
1024 0.316227766
2048 0.316227766
e

# µP
$data21 << e
64 20.42472171
128 20.06922141
256 21.18890551
512 20.72118841
1024 20.24565844
2048 19.97045302
e

# continued
$data22 << e
64 20.23857703
128 20.23857703
256 20.23857703
512 20.23857703
1024 20.23857703
2048 20.23857703
e

# v2
$data23 << e
64 0.101964849
128 0.1159409063
256 0.1146338204
512 0.1089417012
1024 0.1067043678
2048 0.1108053828
e

# continued
$data24 << e
64 0.1118033989
128 0.1118033989
256 0.1118033989
512 0.1118033989
1024 0.1118033989
2048 0.1118033989
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
  set output theme eq 'light' ? 'condition.png' : 'condition-dark.png'

  set label '{/:Bold The spectral condition, layer by layer}' at screen 0.0163265, screen 0.938187 font ',14' textcolor rgb ink
  set label 'rms gain of one step, √(fan_{in} / fan_{out}) ‖ΔW‖_2; dashed: predicted, nothing fitted' at screen 0.0163265, screen 0.869505 textcolor rgb grey
  set label '' at screen 0.0295918, screen 0.785714 point pt 7 ps 0.7 lc rgb color[1]
  set label 'SP' at screen 0.0510204, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.111516, screen 0.785714 point pt 7 ps 0.7 lc rgb color[2]
  set label 'NTK' at screen 0.132945, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.203791, screen 0.785714 point pt 7 ps 0.7 lc rgb color[3]
  set label 'µP' at screen 0.225219, screen 0.785714 textcolor rgb ink
  set label '' at screen 0.284065, screen 0.785714 point pt 7 ps 0.7 lc rgb color[4]
  set label 'v2' at screen 0.305494, screen 0.785714 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3528922449; set tmargin at screen 0.6373626374; set bmargin at screen 0.1824413846
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '10^{2}' 100 0, '' 200 1, '' 300 1, '' 400 1, '' 500 1, '' 600 1, '' 700 1, '' 800 1, '' 900 1, '10^{3}' 1000 0)
  set yrange [0.009181911823:1102.668833]
  set label 'rms gain of ΔW' at screen 0.0204082, screen 0.409902 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold input}' at screen 0.0803588, screen 0.678571 textcolor rgb ink

  plot $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data8 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data3 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data5 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data7 using 1:2 with points pt 7 ps 0.7 lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3896269388; set rmargin at screen 0.6621604082; set tmargin at screen 0.6373626374; set bmargin at screen 0.1824413846
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '' 100 0, '' 200 1, '' 300 1, '' 400 1, '' 500 1, '' 600 1, '' 700 1, '' 800 1, '' 900 1, '' 1000 0)
  set yrange [0.009181911823:1102.668833]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold hidden}' at screen 0.389627, screen 0.678571 textcolor rgb ink

  plot $data10 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data14 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data16 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data9 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data11 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data13 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data15 using 1:2 with points pt 7 ps 0.7 lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698895102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6373626374; set bmargin at screen 0.1824413846
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '' 100 0, '' 200 1, '' 300 1, '' 400 1, '' 500 1, '' 600 1, '' 700 1, '' 800 1, '' 900 1, '' 1000 0)
  set yrange [0.009181911823:1102.668833]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold output}' at screen 0.698895, screen 0.678571 textcolor rgb ink

  plot $data18 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data20 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data22 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[4], \
    $data17 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data19 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data21 using 1:2 with points pt 7 ps 0.7 lc rgb color[3], \
    $data23 using 1:2 with points pt 7 ps 0.7 lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
