# Redraw eps.png and eps-dark.png with: gnuplot eps.gp
set encoding utf8

# n = 64
$data1 << e
0.00390625 0.4179690534
0.0078125 0.3902135468
0.015625 0.3852690016
0.03125 0.4370361296
0.0625 0.5598516592
0.125 1.111389466
e

# n = 256
$data2 << e
0.00390625 0.4531841646
0.0078125 0.3948222948
0.015625 0.3578929929
0.03125 0.3340447701
0.0625 0.3598414047
0.125 0.4694594538
e

# n = 64
$data3 << e
0.00390625 0.4179690534
0.0078125 0.3902135468
0.015625 0.3852690016
0.03125 0.4370361296
0.0625 0.5598516592
e

# n = 256
$data4 << e
0.00390625 0.3810987289
0.0078125 0.3483399337
0.015625 0.333647375
0.03125 0.3803948136
0.0625 0.4287250845
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
  set terminal pngcairo size 1960,960 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'eps.png' : 'eps-dark.png'

  set label '{/:Bold Unless eps stays as it is}' at screen 0.0163265, screen 0.953125 font ',14' textcolor rgb ink
  set label 'the same training with eps = 0.01 at n = 64' at screen 0.0163265, screen 0.901042 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.8375 to screen 0.0428571, screen 0.8375 nohead lc rgb color[1]
  set label 'n = 64' at screen 0.0510204, screen 0.8375 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.8375 to screen 0.149382, screen 0.8375 nohead lc rgb color[2]
  set label 'n = 256' at screen 0.157545, screen 0.8375 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.6854166667; set bmargin at screen 0.1383519167
  set logscale x 2
  set xtics ('2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0)
  set xrange [0.00390625:0.125]
  set logscale y 10
  set ytics ('' 0.4 1, '0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0)
  set yrange [0.3141657118:1.180307602]
  set label 'loss' at screen 0.0204082, screen 0.411884 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, fixed eps}' at screen 0.0703388, screen 0.75625 textcolor rgb ink
  set label 'eps = 0.01 at every width' at screen 0.0703388, screen 0.716667 textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.6854166667; set bmargin at screen 0.1383519167
  set logscale x 2
  set xtics ('2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0)
  set xrange [0.00390625:0.125]
  set logscale y 10
  set ytics ('' 0.4 1, '' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0)
  set yrange [0.3141657118:1.180307602]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, scaled eps}' at screen 0.539251, screen 0.75625 textcolor rgb ink
  set label 'eps = 0.01 / m' at screen 0.539251, screen 0.716667 textcolor rgb grey

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
