# Redraw transfer.png and transfer-dark.png with: gnuplot transfer.gp
set encoding utf8

# n = 64
$data1 << e
0.00048828125 0.5776283247
0.0009765625 0.468057876
0.001953125 0.3978082445
0.00390625 0.3723942772
0.0078125 0.3602782085
0.015625 0.4030488364
e

# n = 256
$data2 << e
0.00048828125 0.3739323206
0.0009765625 0.3059976581
0.001953125 0.2773036952
0.00390625 0.269865407
0.0078125 0.3380750509
0.015625 0.429591927
e

# n = 64
$data3 << e
0.001953125 0.3978082445
0.00390625 0.3723942772
0.0078125 0.3602782085
0.015625 0.4030488364
0.03125 0.5018305802
e

# n = 256
$data4 << e
0.001953125 0.3664922994
0.00390625 0.3357669162
0.0078125 0.3291038056
0.015625 0.3574411273
0.03125 0.3829077515
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
  set label 'n = 256' at screen 0.157545, screen 0.830803 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−11}' 0.00048828125 0, '2^{−10}' 0.0009765625 0, '2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0)
  set xrange [0.00048828125:0.03125]
  set logscale y 10
  set ytics ('0.3' 0.3 0, '0.4' 0.4 0, '0.5' 0.5 0, '0.6' 0.6 0)
  set yrange [0.2597898352:0.6000308012]
  set label 'loss' at screen 0.0204082, screen 0.42886 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0703388, screen 0.746204 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−11}' 0.00048828125 0, '2^{−10}' 0.0009765625 0, '2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0)
  set xrange [0.00048828125:0.03125]
  set logscale y 10
  set ytics ('' 0.3 0, '' 0.4 0, '' 0.5 0, '' 0.6 0)
  set yrange [0.2597898352:0.6000308012]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.539251, screen 0.746204 textcolor rgb ink

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
