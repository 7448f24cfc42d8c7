# Redraw mixed.png and mixed-dark.png with: gnuplot mixed.gp
set encoding utf8

# n = 16
$data1 << e
0.03125 1.005590803
0.0625 0.9572806964
0.125 0.7975445173
0.25 0.5562991167
0.5 0.178756648
1 0.4676317416
2 0.8782109504
4 1.106466724
8 1.546457692
e

# n = 128
$data2 << e
0.03125 0.9864512844
0.0625 0.9075876926
0.125 0.6136703209
0.25 0.2453769492
0.5 0.05358542163
1 0.01938076729
2 0.8796078876
4 1.107026255
8 nan
e

# n = 16
$data3 << e
0.03125 1.005590803
0.0625 0.9572806964
0.125 0.7975445173
0.25 0.5562991167
0.5 0.178756648
1 0.4676317416
2 0.8782109504
4 1.106466724
8 1.546457692
e

# n = 128
$data4 << e
0.03125 0.9990766198
0.0625 0.9572101335
0.125 0.8682067398
0.25 0.6830879054
0.5 0.3892805039
1 0.144244721
2 0.05048390852
4 0.04672668595
8 1.076722956
e

# n = 16
$data5 << e
0.03125 1.005590803
0.0625 0.9572806964
0.125 0.7975445173
0.25 0.5562991167
0.5 0.178756648
1 0.4676317416
2 0.8782109504
4 1.106466724
8 1.546457692
e

# n = 128
$data6 << e
0.03125 0.3786184622
0.0625 0.08068504887
0.125 0.02070871058
0.25 0.2580362977
0.5 0.8087153667
1 nan
2 nan
4 nan
8 nan
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
  set output theme eq 'light' ? 'mixed.png' : 'mixed-dark.png'

  set label '{/:Bold Mix two right tables, and the best rate moves}' at screen 0.0163265, screen 0.941253 font ',14' textcolor rgb ink
  set label 'loss after 200 steps of SGD on the spiral, median over seeds; base width 16' at screen 0.0163265, screen 0.875979 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.796345 to screen 0.0428571, screen 0.796345 nohead lc rgb color[1]
  set label 'n = 16' at screen 0.0510204, screen 0.796345 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.796345 to screen 0.149382, screen 0.796345 nohead lc rgb color[2]
  set label 'n = 128' at screen 0.157545, screen 0.796345 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3528922449; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set xrange [0.03125:8]
  set logscale y 10
  set ytics ('10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1)
  set yrange [0.01:2]
  set label 'loss' at screen 0.0204082, screen 0.389567 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.0803588, screen 0.694517 textcolor rgb ink
  set label 'table 3, rates of 3' at screen 0.0803588, screen 0.644909 textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3896269388; set rmargin at screen 0.6621604082; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set xrange [0.03125:8]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1)
  set yrange [0.01:2]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Too slow}' at screen 0.389627, screen 0.694517 textcolor rgb ink
  set label 'table 8, rates of 3' at screen 0.389627, screen 0.644909 textcolor rgb grey

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.698895102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6057441253; set bmargin at screen 0.1733907676
  set logscale x 2
  set xtics ('' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set xrange [0.03125:8]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1)
  set yrange [0.01:2]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Too fast}' at screen 0.698895, screen 0.694517 textcolor rgb ink
  set label 'table 3, rates of 8' at screen 0.698895, screen 0.644909 textcolor rgb grey

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
