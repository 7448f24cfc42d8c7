# Redraw layers.png and layers-dark.png with: gnuplot layers.gp
set encoding utf8

# Δf (3n + 2) / 2
$data1 << e
64 86.79731529
128 185.5936003
256 374.8458879
512 736.2285614
1024 1539.221498
e

# continued
$data2 << e
64 42.01003249 195.636153
128 80.990626 350.0057854
256 246.1720281 541.438173
512 592.3934835 912.7761116
1024 1287.700477 1855.144416
e

# continued
$data3 << e
64 97
128 193
256 385
512 769
1024 1537
e

# Δh_2 √(n / 2)
$data4 << e
64 5.36319568
128 8.020145172
256 11.3888393
512 15.79934418
1024 22.22698337
e

# continued
$data5 << e
64 2.721424979 12.57848659
128 4.199667345 11.92135022
256 7.65924634 15.27352856
512 13.12289866 19.65933852
1024 19.10782347 25.84042323
e

# continued
$data6 << e
64 5.656854249
128 8
256 11.3137085
512 16
1024 22.627417
e

# Δh_1 √(2 / n)
$data7 << e
64 0.1602546442
128 0.1205314009
256 0.08916817244
512 0.06194681197
1024 0.04340315469
e

# continued
$data8 << e
64 0.1212440242 0.2543381483
128 0.09739748571 0.1571624263
256 0.07066008936 0.1053253021
512 0.056754546 0.07166516004
1024 0.04072689348 0.04836662929
e

# continued
$data9 << e
64 0.1767766953
128 0.125
256 0.08838834765
512 0.0625
1024 0.04419417382
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

  set label '{/:Bold One step moves each layer by its own power of the width}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'change per η, 3 layers, 2 inputs, 32 seeds; dashed: derived, nothing fitted' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8766158537; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [58.89200964:1112.816499]
  set logscale y 10
  set ytics ('' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '10^{2}' 100 0, '' 200 1, '' 300 1, '' 400 1, '' 500 1, '' 600 1, '' 700 1, '' 800 1, '' 900 1, '10^{3}' 1000 0, '' 2000 1, '' 3000 1)
  set yrange [0.02382080658:3171.776268]
  set label 'rms change / η' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'Δf' at graph 1.018784487, graph 0.9684855156 front textcolor rgb color[1]
  set label '(3n + 2) / 2' at graph 1.018784487, graph 0.908961706 front textcolor rgb grey
  set label 'Δh_2' at graph 1.018784487, graph 0.6093332323 front textcolor rgb color[2]
  set label '√(n / 2)' at graph 1.018784487, graph 0.5498094228 front textcolor rgb grey
  set label 'Δh_1' at graph 1.018784487, graph 0.08928571429 front textcolor rgb color[3]
  set label '√(2 / n)' at graph 1.018784487, graph 0.02976190476 front textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data9 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data7 using 1:2 with points pt 7 ps 0.7 lc rgb color[3]
}
