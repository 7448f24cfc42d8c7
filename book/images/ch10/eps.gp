# Redraw eps.png and eps-dark.png with: gnuplot eps.gp
set encoding utf8

# n = 64
$data1 << e
0.001953125 0.3330218999
0.00390625 0.2923530822
0.0078125 0.291062928
0.015625 0.3026836612
0.03125 0.4172898158
0.0625 0.7824668926
0.125 1.721321417
0.25 2.130082501
e

# n = 128
$data2 << e
0.001953125 0.3272263813
0.00390625 0.2658658249
0.0078125 0.2514024528
0.015625 0.2738434875
0.03125 0.3310711258
0.0625 0.4507939708
0.125 0.7476278376
0.25 2.341130953
e

# n = 256
$data3 << e
0.001953125 0.3600667024
0.00390625 0.3009978905
0.0078125 0.2485328127
0.015625 0.2409204921
0.03125 0.282203842
0.0625 0.328742016
0.125 0.515141007
0.25 1.277848557
e

# n = 512
$data4 << e
0.001953125 0.4224391673
0.00390625 0.3402282065
0.0078125 0.2856414344
0.015625 0.2348765689
0.03125 0.2311001045
0.0625 0.2698195355
0.125 0.3351784451
0.25 0.5322393011
e

# n = 64
$data5 << e
0.001953125 0.3330218999
0.00390625 0.2923530822
0.0078125 0.291062928
0.015625 0.3026836612
0.03125 0.4172898158
0.0625 0.7824668926
e

# n = 128
$data6 << e
0.001953125 0.2915908138
0.00390625 0.254086226
0.0078125 0.2506645541
0.015625 0.2844124765
0.03125 0.3427462557
0.0625 0.4848686063
e

# n = 256
$data7 << e
0.001953125 0.2834999319
0.00390625 0.2428832303
0.0078125 0.2347204415
0.015625 0.2621196958
0.03125 0.2989961926
0.0625 0.3694315982
e

# n = 512
$data8 << e
0.001953125 0.2800126872
0.00390625 0.2326152637
0.0078125 0.2221693089
0.015625 0.2355636526
0.03125 0.2673155954
0.0625 0.3269271094
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
  set label 'n = 128' at screen 0.157545, screen 0.8375 textcolor rgb ink
  set arrow from screen 0.238826, screen 0.8375 to screen 0.265356, screen 0.8375 nohead lc rgb color[3]
  set label 'n = 256' at screen 0.273519, screen 0.8375 textcolor rgb ink
  set arrow from screen 0.3548, screen 0.8375 to screen 0.381331, screen 0.8375 nohead lc rgb color[4]
  set label 'n = 512' at screen 0.389494, screen 0.8375 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.6854166667; set bmargin at screen 0.1383519167
  set logscale x 2
  set xtics ('2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0)
  set xrange [0.001953125:0.25]
  set logscale y 10
  set ytics ('0.2' 0.2 0, '' 0.3 1, '' 0.4 1, '0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0, '2' 2 0)
  set yrange [0.1974908513:2.633678687]
  set label 'loss' at screen 0.0204082, screen 0.411884 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, fixed eps}' at screen 0.0703388, screen 0.75625 textcolor rgb ink
  set label 'eps = 0.01 at every width' at screen 0.0703388, screen 0.716667 textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.6854166667; set bmargin at screen 0.1383519167
  set logscale x 2
  set xtics ('2^{−9}' 0.001953125 0, '2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0)
  set xrange [0.001953125:0.25]
  set logscale y 10
  set ytics ('' 0.2 0, '' 0.3 1, '' 0.4 1, '' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 0)
  set yrange [0.1974908513:2.633678687]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, scaled eps}' at screen 0.539251, screen 0.75625 textcolor rgb ink
  set label 'eps = 0.01 / m' at screen 0.539251, screen 0.716667 textcolor rgb grey

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data8 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
