# Redraw layers.png and layers-dark.png with: gnuplot layers.gp
set encoding utf8

# µP
$data1 << e
64 7.693386682
128 7.309317238
256 7.51469046
512 7.325618992
e

# SP
$data2 << e
64 7.693386682
128 3.656231864
256 1.853922323
512 0.9172331652
e

# SP, f / n^{1/2}
$data3 << e
64 8.24117224
128 4.155862754
256 2.020556129
512 1.01671897
e

# SP, f / n
$data4 << e
64 7.740002695
128 4.422048735
256 1.9717442
512 1.022807587
e

# 1 / n
$data5 << e
64 8
128 4
256 2
512 1
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
  set output theme eq 'light' ? 'layers.png' : 'layers-dark.png'

  set label '{/:Bold One rate leaves the first layer behind}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'one step: Δh of the first layer over Δh of the second, median of 8 seeds' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8759346341; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [64:512]
  set logscale y 2
  set ytics ('2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0)
  set yrange [0.821872194:9.197386837]
  set label 'Δh_1 / Δh_2' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'µP' at graph 1.018800927, graph 0.9057833168 front textcolor rgb color[1]
  set label 'SP' at graph 1.018800927, graph 0.02976190476 front textcolor rgb color[2]
  set label 'SP, f / n^{1/2}' at graph 1.018800927, graph 0.1488095238 front textcolor rgb color[3]
  set label 'SP, f / n' at graph 1.018800927, graph 0.2083333333 front textcolor rgb color[4]
  set label '1 / n' at graph 1.018800927, graph 0.08928571429 front textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4], \
    $data5 using 1:2 with lines dt (16,10) lc rgb grey
}
