# Redraw rise.png and rise-dark.png with: gnuplot rise.gp
set encoding utf8

# 784 inputs
$data1 << e
64 464.0724993
128 514.8107622
256 649.7083689
512 919.2010849
1024 1422.258602
e

# continued
$data2 << e
64 204.7154094 710.0043656
128 357.3786737 713.5160986
256 499.6808133 781.9052183
512 744.5533836 1069.000672
1024 1249.478087 1517.537072
e

# continued
$data3 << e
64 456
128 520
256 648
512 904
1024 1416
e

# 2 inputs
$data4 << e
64 58.88658024
128 125.0960143
256 251.5051906
512 497.4393958
1024 1002.188588
e

# continued
$data5 << e
64 36.96590212 111.5325533
128 63.92252075 178.3414521
256 175.7278835 307.0952893
512 410.272825 623.9229011
1024 863.5359031 1137.001226
e

# continued
$data6 << e
64 65
128 129
256 257
512 513
1024 1025
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
  set output theme eq 'light' ? 'rise.png' : 'rise-dark.png'

  set label '{/:Bold A wide layer lifts the output in proportion; wide inputs hide it}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'rise of f in one step, 2 layers, 32 seeds; dashed: n + d_{in} / 2, nothing fitted' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8773329268; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [58.89200964:1112.816499]
  set logscale y 2
  set ytics ('2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set yrange [30.69971963:1827.284664]
  set label 'rise of f / η' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '784 inputs' at graph 1.018767213, graph 0.9386773148 front textcolor rgb color[1]
  set label '2 inputs' at graph 1.018767213, graph 0.8530112688 front textcolor rgb color[2]

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
}
