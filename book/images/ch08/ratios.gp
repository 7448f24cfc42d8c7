# Redraw ratios.png and ratios-dark.png with: gnuplot ratios.gp
set encoding utf8

# SP
$data1 << e
64 0.7000716077
128 0.4722965762
256 0.3715418379
512 0.2438378359
1024 0.1829364351
2048 0.1254571646
e

# continued
$data2 << e
64 0.7071067812
128 0.5
256 0.3535533906
512 0.25
1024 0.1767766953
2048 0.125
e

# µP
$data3 << e
64 0.6771077339
128 0.6908556196
256 0.7185517633
512 0.6817594123
1024 0.6717310164
2048 0.706389292
e

# continued
$data4 << e
64 0.7071067812
128 0.7071067812
256 0.7071067812
512 0.7071067812
1024 0.7071067812
2048 0.7071067812
e

# SP
$data5 << e
64 0.4970349896
128 0.4699584646
256 0.5005302221
512 0.4915041544
1024 0.5092631007
2048 0.5030430073
e

# continued
$data6 << e
64 0.5
128 0.5
256 0.5
512 0.5
1024 0.5
2048 0.5
e

# µP
$data7 << e
64 0.4943854883
128 0.3581474568
256 0.257481047
512 0.1723579747
1024 0.1223245473
2048 0.08709846629
e

# continued
$data8 << e
64 0.5
128 0.3535533906
256 0.25
512 0.1767766953
1024 0.125
2048 0.08838834765
e

# SP
$data9 << e
64 2.556980264
128 3.378997072
256 4.709636691
512 7.297383203
1024 9.784094616
2048 14.35091632
e

# continued
$data10 << e
64 2.529822128
128 3.577708764
256 5.059644256
512 7.155417528
1024 10.11928851
2048 14.31083506
e

# µP
$data11 << e
64 2.554056538
128 2.511564344
256 2.647854592
512 2.605886145
1024 2.531277059
2048 2.501048028
e

# continued
$data12 << e
64 2.529822128
128 2.529822128
256 2.529822128
512 2.529822128
1024 2.529822128
2048 2.529822128
e

# SP
$data13 << e
64 3.340638799
128 2.722160273
256 2.484193749
512 1.86616008
1024 1.541403384
2048 1.149024332
e

# continued
$data14 << e
64 3.313708499
128 2.828427125
256 2.343145751
512 1.885618083
1024 1.47759225
2048 1.13137085
e

# µP
$data15 << e
64 3.249579511
128 3.975317667
256 4.84047807
512 5.165872186
1024 5.655344466
2048 6.440380031
e

# continued
$data16 << e
64 3.313708499
128 4
256 4.686291501
512 5.333333333
1024 5.910369
2048 6.4
e

# SP
$data17 << e
64 2.04884895
128 2.699571266
256 4.034372151
512 5.588917215
1024 8.205635063
2048 11.41603337
e

# continued
$data18 << e
64 2
128 2.828427125
256 4
512 5.656854249
1024 8
2048 11.3137085
e

# µP
$data19 << e
64 2.036875067
128 2.068913215
256 2.086421939
512 1.95870467
1024 1.966635147
2048 1.978083046
e

# continued
$data20 << e
64 2
128 2
256 2
512 2
1024 2
2048 2
e

# SP
$data21 << e
64 6.095988124
128 8.670196474
256 12.87285065
512 20.44332809
1024 28.82563811
2048 42.85059219
e

# continued
$data22 << e
64 5.733596847
128 8.842230062
256 13.35958097
512 19.85289112
1024 29.12211802
2048 42.29909489
e

# µP
$data23 << e
64 6.088141468
128 6.37813883
256 7.171743217
512 7.409741564
1024 7.356835769
2048 7.506539383
e

# continued
$data24 << e
64 5.733596847
128 6.252400838
256 6.679790486
512 7.019056968
1024 7.280529506
2048 7.477494208
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
  set terminal pngcairo size 1960,1238 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'ratios.png' : 'ratios-dark.png'

  set label '{/:Bold In hidden layers Frobenius calls SP invariant, the spectral norm µP}' at screen 0.0163265, screen 0.963651 font ',14' textcolor rgb ink
  set label '‖ΔW‖ / ‖W‖ of one SGD step, one input; dashed: predicted, nothing fitted' at screen 0.0163265, screen 0.923263 textcolor rgb grey
  set label '' at screen 0.0295918, screen 0.87399 point pt 7 ps 0.7 lc rgb color[1]
  set label 'SP' at screen 0.0510204, screen 0.87399 textcolor rgb ink
  set label '' at screen 0.111516, screen 0.87399 point pt 7 ps 0.7 lc rgb color[2]
  set label 'µP' at screen 0.132945, screen 0.87399 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3528922449; set tmargin at screen 0.7560581583; set bmargin at screen 0.4885438837
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set label '‖ΔW‖ / ‖W‖' at screen 0.0204082, screen 0.622301 center rotate textcolor rgb ink
  set label '{/:Bold input}' at screen 0.0803588, screen 0.810985 textcolor rgb ink
  set label 'Frobenius' at screen 0.0803588, screen 0.780291 textcolor rgb grey

  plot $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data3 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3896269388; set rmargin at screen 0.6621604082; set tmargin at screen 0.7560581583; set bmargin at screen 0.4885438837
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set label '{/:Bold hidden}' at screen 0.389627, screen 0.810985 textcolor rgb ink
  set label 'Frobenius' at screen 0.389627, screen 0.780291 textcolor rgb grey

  plot $data6 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data8 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data5 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data7 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698895102; set rmargin at screen 0.9714285714; set tmargin at screen 0.7560581583; set bmargin at screen 0.4885438837
  set logscale x 2
  set xtics ('' 64 0, '' 128 0, '' 256 0, '' 512 0, '' 1024 0, '' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set label '{/:Bold output}' at screen 0.698895, screen 0.810985 textcolor rgb ink
  set label 'Frobenius' at screen 0.698895, screen 0.780291 textcolor rgb grey

  plot $data10 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data9 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data11 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3528922449; set tmargin at screen 0.3738427528; set bmargin at screen 0.1063284782
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set label '‖ΔW‖ / ‖W‖' at screen 0.0204082, screen 0.240086 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold input}' at screen 0.0803588, screen 0.42877 textcolor rgb ink
  set label 'spectral' at screen 0.0803588, screen 0.398075 textcolor rgb grey

  plot $data14 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data16 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data13 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data15 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3896269388; set rmargin at screen 0.6621604082; set tmargin at screen 0.3738427528; set bmargin at screen 0.1063284782
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold hidden}' at screen 0.389627, screen 0.42877 textcolor rgb ink
  set label 'spectral' at screen 0.389627, screen 0.398075 textcolor rgb grey

  plot $data18 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data20 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data17 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data19 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698895102; set rmargin at screen 0.9714285714; set tmargin at screen 0.3738427528; set bmargin at screen 0.1063284782
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1)
  set yrange [0.06388710246:58.41900345]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold output}' at screen 0.698895, screen 0.42877 textcolor rgb ink
  set label 'spectral' at screen 0.698895, screen 0.398075 textcolor rgb grey

  plot $data22 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data21 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data23 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
