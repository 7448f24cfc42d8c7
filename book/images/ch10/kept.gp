# Redraw kept.png and kept-dark.png with: gnuplot kept.gp
set encoding utf8

# eps = 0.01 / m
$data1 << e
64 0.4262388088
128 0.3721656543
256 0.3761309225
512 0.3625001358
1024 0.3656955201
2048 0.3645863926
e

# eps = 0.01
$data2 << e
64 0.4262388088
128 0.2602750384
256 0.169877466
512 0.09237103967
1024 0.05257380929
2048 0.02805865513
e

# continued
$data3 << e
64 0.4262388088
128 0.312867567
256 0.2141995015
512 0.136472204
1024 0.08124529447
2048 0.04511544501
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
  set output theme eq 'light' ? 'kept.png' : 'kept-dark.png'

  set label '{/:Bold A fixed eps eats the step}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'share of the hidden layer''s first step; dashed: from the gradients at n = 64' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8454231707; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 2
  set ytics ('2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0)
  set yrange [0.02448993003:0.4883512418]
  set label 'share of the step that is left' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'eps = 0.01 / m' at graph 1.019567972, graph 0.9023409476 front textcolor rgb color[1]
  set label 'eps = 0.01' at graph 1.019567972, graph 0.04545454545 front textcolor rgb color[2]

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[2]
}
