# Redraw growth.png and growth-dark.png with: gnuplot growth.gp
set encoding utf8

# SP
$data1 << e
64 1
128 2.246352751
256 3.857672242
512 7.886250661
e

# continued
$data2 << e
64 1
128 2
256 4
512 8
e

# NTK
$data3 << e
64 1
128 1.143079358
256 0.9689096972
512 0.9835907274
e

# continued
$data4 << e
64 1
128 1
256 1
512 1
e

# µP, raw
$data5 << e
64 1
128 1.950593267
256 3.135025843
512 6.133374489
e

# continued
$data6 << e
64 1
128 2
256 4
512 8
e

# µP, with its rates
$data7 << e
64 1
128 1.133456953
256 0.9757071585
512 0.9988297358
e

# continued
$data8 << e
64 1
128 1
256 1
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
  set output theme eq 'light' ? 'growth.png' : 'growth-dark.png'

  set label '{/:Bold Sharpness grows with the width, but not with µP''s rates counted in}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'at initialisation, geometric mean of 8 seeds; dashed: derived exponents' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.81925; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [62:527.36]
  set logscale y 2
  set ytics ('2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0)
  set yrange [0.8718524018:8.890584647]
  set label 'λ_0 over that at n = 64' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'SP' at graph 1.020277635, graph 0.9483783865 front textcolor rgb color[1]
  set label 'NTK' at graph 1.020277635, graph 0.02976190476 front textcolor rgb color[2]
  set label 'µP, raw' at graph 1.020277635, graph 0.8401260678 front textcolor rgb color[3]
  set label 'µP, with its rates' at graph 1.020277635, graph 0.08928571429 front textcolor rgb color[4]

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[3], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data7 using 1:2 with lines lc rgb color[4], \
    $data8 using 1:2 with lines dt (16,10) lc rgb color[4]
}
