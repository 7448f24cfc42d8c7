# Redraw stable_width.png and stable_width-dark.png with: gnuplot stable_width.gp
set encoding utf8

# spiral 2 inputs
$data1 << e
32 0.07933429271
64 0.04052623608
128 0.02309706553
256 0.01129312386
512 0.00517792012
e

# continued
$data2 << e
32 0.05032782287 0.1767766953
64 0.02627801298 0.06815673329
128 0.01703918332 0.03125
256 0.01013155902 0.01204852207
512 0.00506577951 0.006290977859
e

# continued
$data3 << e
32 0.08043371976
64 0.04140619569
128 0.02101145205
256 0.01058423682
512 0.00531192673
e

# images 784 inputs
$data4 << e
32 0.02995318818
64 0.02116024292
128 0.01204852207
256 0.007322684859
512 0.004083022915
e

# continued
$data5 << e
32 0.01313900649 0.1006556457
64 0.008519591661 0.03716272234
128 0.01013155902 0.01703918332
256 0.00529006073 0.008519591661
512 0.003582047044 0.004645340293
e

# continued
$data6 << e
32 0.01814314797
64 0.01475191019
128 0.01067684335
256 0.006843495257
512 0.003972362274
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
  set terminal pngcairo size 1640,960 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'stable_width.png' : 'stable_width-dark.png'

  set label '{/:Bold The largest stable rate is 2 / λ_0}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'full batch, 3 layers, 8 to 32 seeds; dashed: 2 / λ_0 of the kernel' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8773329268; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [29.44600482:556.4082496]
  set logscale y 2
  set ytics ('2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0)
  set yrange [0.002947586773:0.2148274123]
  set label 'largest stable rate' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'spiral' at graph 1.018767213, graph 0.2083333333 front textcolor rgb color[1]
  set label '2 inputs' at graph 1.018767213, graph 0.1488095238 front textcolor rgb grey
  set label 'images' at graph 1.018767213, graph 0.08928571429 front textcolor rgb color[2]
  set label '784 inputs' at graph 1.018767213, graph 0.02976190476 front textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
}
