# Redraw training.png and training-dark.png with: gnuplot training.gp
set encoding utf8

# 1 step
$data1 << e
64 0.02240036177
128 0.03144826294
256 0.04115436288
512 0.06552626261
1024 0.1015759505
2048 0.1056077322
e

# continued
$data2 << e
64 0.02240036177
128 0.03144826294
256 0.04115436288
512 0.06552626261
1024 0.1015759505
2048 0.1056077322
e

# continued
$data3 << e
64 0.0186689859
128 0.02640193306
256 0.0373379718
512 0.05280386612
1024 0.07467594361
2048 0.1056077322
e

# 4 steps
$data4 << e
64 0.03359257578
128 0.0419109289
256 0.05414049433
512 0.08629879225
1024 0.2154924206
2048 0.4032389558
e

# continued
$data5 << e
64 0.03359257578
128 0.0419109289
256 0.05414049433
512 0.08629879225
1024 0.2154924206
2048 0.4032389558
e

# continued
$data6 << e
64 0.07128325003
128 0.100809739
256 0.1425665001
512 0.2016194779
1024 0.2851330001
2048 0.4032389558
e

# 32 steps
$data7 << e
64 0.0873058699
128 0.09103062799
256 0.100630797
512 0.1255348751
1024 0.22932546
2048 0.415365111
e

# continued
$data8 << e
64 0.0873058699
128 0.09103062799
256 0.100630797
512 0.1255348751
1024 0.22932546
2048 0.415365111
e

# continued
$data9 << e
64 0.07342687166
128 0.1038412777
256 0.1468537433
512 0.2076825555
1024 0.2937074866
2048 0.415365111
e

# 1 step
$data10 << e
64 0.02223113561
128 0.01894474888
256 0.01408707816
512 0.01246163244
1024 0.01430495649
2048 0.01132150789
e

# continued
$data11 << e
64 0.02223113561
128 0.01894474888
256 0.01408707816
512 0.01246163244
1024 0.01430495649
2048 0.01132150789
e

# continued
$data12 << e
64 0.01132150789
128 0.01132150789
256 0.01132150789
512 0.01132150789
1024 0.01132150789
2048 0.01132150789
e

# 4 steps
$data13 << e
64 0.03404470011
128 0.02988956152
256 0.0276595359
512 0.02655579173
1024 0.02649930031
2048 0.02639477009
e

# continued
$data14 << e
64 0.03404470011
128 0.02988956152
256 0.0276595359
512 0.02655579173
1024 0.02649930031
2048 0.02639477009
e

# continued
$data15 << e
64 0.02639477009
128 0.02639477009
256 0.02639477009
512 0.02639477009
1024 0.02639477009
2048 0.02639477009
e

# 32 steps
$data16 << e
64 0.08560758679
128 0.07837769
256 0.07394264358
512 0.0727322357
1024 0.07124146349
2048 0.07218442443
e

# continued
$data17 << e
64 0.08560758679
128 0.07837769
256 0.07394264358
512 0.0727322357
1024 0.07124146349
2048 0.07218442443
e

# continued
$data18 << e
64 0.07218442443
128 0.07218442443
256 0.07218442443
512 0.07218442443
1024 0.07218442443
2048 0.07218442443
e

# 1 step
$data19 << e
64 0.006178435004
128 0.00387662813
256 0.002249457048
512 0.001488316318
1024 0.001172162556
2048 0.0007084722961
e

# continued
$data20 << e
64 0.006178435004
128 0.00387662813
256 0.002249457048
512 0.001488316318
1024 0.001172162556
2048 0.0007084722961
e

# continued
$data21 << e
64 0.004007724519
128 0.002833889185
256 0.00200386226
512 0.001416944592
1024 0.00100193113
2048 0.0007084722961
e

# 4 steps
$data22 << e
64 0.01128124265
128 0.007596958712
256 0.005362989405
512 0.003784153484
1024 0.00275536042
2048 0.001928173077
e

# continued
$data23 << e
64 0.01128124265
128 0.007596958712
256 0.005362989405
512 0.003784153484
1024 0.00275536042
2048 0.001928173077
e

# continued
$data24 << e
64 0.01090739406
128 0.007712692307
256 0.005453697032
512 0.003856346154
1024 0.002726848516
2048 0.001928173077
e

# 32 steps
$data25 << e
64 0.0350010765
128 0.02385025379
256 0.01659740845
512 0.0118904016
1024 0.008270871945
2048 0.005907373013
e

# continued
$data26 << e
64 0.0350010765
128 0.02385025379
256 0.01659740845
512 0.0118904016
1024 0.008270871945
2048 0.005907373013
e

# continued
$data27 << e
64 0.03341714813
128 0.02362949205
256 0.01670857407
512 0.01181474603
1024 0.008354287033
2048 0.005907373013
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
  set terminal pngcairo size 1960,766 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'training.png' : 'training-dark.png'

  set label '{/:Bold Along training it is the spectral norm, too}' at screen 0.0163265, screen 0.941253 font ',14' textcolor rgb ink
  set label '‖W_t − W_0‖ / ‖W_0‖ in hidden layers, Fashion-MNIST; dashed: the exponent of one step, through the last point' at screen 0.0163265, screen 0.875979 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.796345 to screen 0.0428571, screen 0.796345 nohead lc rgb color[1]
  set label '1 step' at screen 0.0510204, screen 0.796345 textcolor rgb ink
  set arrow from screen 0.123601, screen 0.796345 to screen 0.150132, screen 0.796345 nohead lc rgb color[2]
  set label '4 steps' at screen 0.158295, screen 0.796345 textcolor rgb ink
  set arrow from screen 0.239576, screen 0.796345 to screen 0.266106, screen 0.796345 nohead lc rgb color[3]
  set label '32 steps' at screen 0.274269, screen 0.796345 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3528922449; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1)
  set yrange [0.0005151307975:0.5712620471]
  set label 'relative change' at screen 0.0204082, screen 0.389567 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0803588, screen 0.694517 textcolor rgb ink
  set label 'spectral, n^{1/2}' at screen 0.0803588, screen 0.644909 textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data9 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data2 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data5 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data8 using 1:2 with points pt 7 ps 0.7 lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3896269388; set rmargin at screen 0.6621604082; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1)
  set yrange [0.0005151307975:0.5712620471]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.389627, screen 0.694517 textcolor rgb ink
  set label 'spectral, n^0' at screen 0.389627, screen 0.644909 textcolor rgb grey

  plot $data10 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data13 using 1:2 with lines lc rgb color[2], \
    $data15 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data16 using 1:2 with lines lc rgb color[3], \
    $data18 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data11 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data14 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data17 using 1:2 with points pt 7 ps 0.7 lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698895102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 10
  set ytics ('' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1)
  set yrange [0.0005151307975:0.5712620471]
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.698895, screen 0.694517 textcolor rgb ink
  set label 'Frobenius, n^{−1/2}' at screen 0.698895, screen 0.644909 textcolor rgb grey

  plot $data19 using 1:2 with lines lc rgb color[1], \
    $data21 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data22 using 1:2 with lines lc rgb color[2], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data25 using 1:2 with lines lc rgb color[3], \
    $data27 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data20 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data23 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data26 using 1:2 with points pt 7 ps 0.7 lc rgb color[3]
  unset label; unset arrow; unset object
  unset multiplot
}
