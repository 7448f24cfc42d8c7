# Redraw transfer.png and transfer-dark.png with: gnuplot transfer.gp
set encoding utf8

# n = 64
$data1 << e
0.000244140625 0.5237568286
0.00048828125 0.3934923848
0.0009765625 0.3153030018
0.001953125 0.285205876
0.00390625 0.2778139593
0.0078125 0.3230959303
0.015625 0.3625713303
e

# n = 128
$data2 << e
0.000244140625 0.3986165677
0.00048828125 0.2976414063
0.0009765625 0.2434776092
0.001953125 0.2377266223
0.00390625 0.2646999417
0.0078125 0.2914724634
0.015625 0.3757347139
e

# n = 256
$data3 << e
0.000244140625 0.3083381485
0.00048828125 0.2408341973
0.0009765625 0.2024786134
0.001953125 0.2000526089
0.00390625 0.2446579804
0.0078125 0.2907453913
0.015625 0.3754903581
e

# n = 512
$data4 << e
0.000244140625 0.2243404172
0.00048828125 0.1802277119
0.0009765625 0.1563659422
0.001953125 0.2040313029
0.00390625 0.259440137
0.0078125 0.3464470759
0.015625 0.4346290694
e

# n = 64
$data5 << e
0.0009765625 0.3153030018
0.001953125 0.285205876
0.00390625 0.2778139593
0.0078125 0.3230959303
0.015625 0.3625713303
0.03125 0.5272320588
e

# n = 128
$data6 << e
0.0009765625 0.2738605642
0.001953125 0.2419334284
0.00390625 0.249109757
0.0078125 0.2603861333
0.015625 0.321113853
0.03125 0.385198191
e

# n = 256
$data7 << e
0.0009765625 0.2768452747
0.001953125 0.2329012225
0.00390625 0.2222906214
0.0078125 0.2638654644
0.015625 0.2674235259
0.03125 0.3426809969
e

# n = 512
$data8 << e
0.0009765625 0.2674631434
0.001953125 0.2268893432
0.00390625 0.2195306597
0.0078125 0.2346071833
0.015625 0.2779891448
0.03125 0.3099634184
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
  set terminal pngcairo size 1960,922 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'transfer.png' : 'transfer-dark.png'

  set label '{/:Bold Under µP the best learning rate stays}' at screen 0.0163265, screen 0.951193 font ',14' textcolor rgb ink
  set label 'Adam, eps = 0, 200 steps on Fashion-MNIST, median of 4 seeds' at screen 0.0163265, screen 0.896963 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.830803 to screen 0.0428571, screen 0.830803 nohead lc rgb color[1]
  set label 'n = 64' at screen 0.0510204, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.830803 to screen 0.149382, screen 0.830803 nohead lc rgb color[2]
  set label 'n = 128' at screen 0.157545, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.238826, screen 0.830803 to screen 0.265356, screen 0.830803 nohead lc rgb color[3]
  set label 'n = 256' at screen 0.273519, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.3548, screen 0.830803 to screen 0.381331, screen 0.830803 nohead lc rgb color[4]
  set label 'n = 512' at screen 0.389494, screen 0.830803 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−12}' 0.000244140625 0, '2^{−11}' 0.00048828125 0, '2^{−10}' 0.0009765625 0, '2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0)
  set xrange [0.000244140625:0.03125]
  set logscale y 10
  set ytics ('0.2' 0.2 0, '' 0.3 1, '' 0.4 1, '0.5' 0.5 0)
  set yrange [0.1471462449:0.5602666764]
  set label 'loss' at screen 0.0204082, screen 0.42886 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0703388, screen 0.746204 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−12}' 0.000244140625 0, '2^{−11}' 0.00048828125 0, '2^{−10}' 0.0009765625 0, '2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0)
  set xrange [0.000244140625:0.03125]
  set logscale y 10
  set ytics ('' 0.2 0, '' 0.3 1, '' 0.4 1, '' 0.5 0)
  set yrange [0.1471462449:0.5602666764]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.539251, screen 0.746204 textcolor rgb ink

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data8 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
