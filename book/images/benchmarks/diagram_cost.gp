# Redraw diagram_cost.png and diagram_cost-dark.png with: gnuplot diagram_cost.gp
set encoding utf8

# measured
$data1 << e
32 0.457893604
64 0.724638994
128 1.903410304
256 6.544674715
512 18.97823826
e

# continued
$data2 << e
32 0.293134775 0.533263079
64 0.508236022 1.132918405
128 1.242050482 2.269117492
256 6.14769427 9.014040037
512 14.85453727 19.00440331
e

# fitted power
$data3 << e
32 0.347346343
64 0.9116699306
128 2.392833779
256 6.280401822
512 16.48398957
e

# measured
$data4 << e
2 1.214728948
4 1.974853976
8 3.53158231
16 6.076201688
32 12.33246534
e

# continued
$data5 << e
2 1.002273608 1.258321061
4 1.916107448 1.987520488
8 3.435455202 3.604622369
16 5.982435286 6.46359046
32 11.97242011 12.68744928
e

# fitted power
$data6 << e
2 1.148908679
4 2.043663242
8 3.635240578
16 6.466316849
32 11.50219709
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
  set terminal pngcairo size 1960,920 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'diagram_cost.png' : 'diagram_cost-dark.png'

  set label '{/:Bold What a phase diagram costs}' at screen 0.0163265, screen 0.951087 font ',14' textcolor rgb ink
  set label 'depth 4, 512 images, median; pale: smallest to largest' at screen 0.0163265, screen 0.896739 textcolor rgb grey
  set label '' at screen 0.0295918, screen 0.830435 point pt 7 ps 0.7 lc rgb color[1]
  set label 'measured' at screen 0.0510204, screen 0.830435 textcolor rgb ink
  set arrow from screen 0.148951, screen 0.830435 to screen 0.175482, screen 0.830435 nohead lc rgb grey dt (8,5)
  set label 'fitted power' at screen 0.183645, screen 0.830435 textcolor rgb grey
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07339877551; set rmargin at screen 0.5040463265; set tmargin at screen 0.7130434783; set bmargin at screen 0.1442142348
  set logscale x 2
  set xtics ('2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0, '2^{4}' 16 0, '2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [1.693490625:604.6682427]
  set logscale y 10
  set ytics ('' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1)
  set yrange [0.2379457749:23.4122732]
  set label 'seconds' at screen 0.0204082, screen 0.428629 center rotate textcolor rgb ink
  set xlabel 'width n; number of networks' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold one network of width n, one thread}' at screen 0.0733988, screen 0.745652 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data3 using 1:2 with lines dt (16,10) lc rgb grey, \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5407810204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7130434783; set bmargin at screen 0.1442142348
  set logscale x 2
  set xtics ('2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0, '2^{4}' 16 0, '2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [1.693490625:604.6682427]
  set logscale y 10
  set ytics ('' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0, '' 20 1)
  set yrange [0.2379457749:23.4122732]
  set xlabel 'width n; number of networks' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold networks of width 64, all processors}' at screen 0.540781, screen 0.745652 textcolor rgb ink

  plot $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb grey, \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[1]
  unset label; unset arrow; unset object
  unset multiplot
}
