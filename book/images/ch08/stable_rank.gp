# Redraw stable_rank.png and stable_rank-dark.png with: gnuplot stable_rank.gp
set encoding utf8

# W at the start
$data1 << e
64 16.95517454
128 33.3625378
256 65.74204122
512 129.1220532
1024 258.5941939
2048 515.8877741
e

# n / 4
$data2 << e
64 16
128 32
256 64
512 128
1024 256
2048 512
e

# ΔW after 32 steps
$data3 << e
64 2.91686235
128 3.174408803
256 3.339437939
512 3.463349883
1024 3.498001453
2048 3.459411151
e

# continued
$data4 << e
64 2.91686235
128 3.174408803
256 3.339437939
512 3.463349883
1024 3.498001453
2048 3.459411151
e

# ΔW after 1 step
$data5 << e
64 1.444975395
128 1.580242972
256 1.745533531
512 1.862229802
1024 1.793221449
2048 2.088569067
e

# continued
$data6 << e
64 1.444975395
128 1.580242972
256 1.745533531
512 1.862229802
1024 1.793221449
2048 2.088569067
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
  set output theme eq 'light' ? 'stable_rank.png' : 'stable_rank-dark.png'

  set label '{/:Bold The weights have n directions, a step has a few}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'stable rank ‖·‖_F^2 / ‖·‖_2^2 in hidden layers, µP, batches of 64 images' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8147682927; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [57.68002961:2272.398279]
  set logscale y 2
  set ytics ('' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0, '' 32 1, '2^{6}' 64 0, '' 128 1, '2^{8}' 256 0, '' 512 1)
  set yrange [1.077024823:692.1336671]
  set label 'stable rank' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'W at the start' at graph 1.020404346, graph 0.983722367 front textcolor rgb color[1]
  set label 'n / 4' at graph 1.020404346, graph 0.9241985575 front textcolor rgb grey
  set label 'ΔW after 32 steps' at graph 1.020404346, graph 0.1804782472 front textcolor rgb color[2]
  set label 'ΔW after 1 step' at graph 1.020404346, graph 0.1024311928 front textcolor rgb color[3]

  plot $data2 using 1:2 with lines dt (16,10) lc rgb grey, \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[3], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data6 using 1:2 with points pt 7 ps 0.7 lc rgb color[3]
}
