# Redraw depth.png and depth-dark.png with: gnuplot depth.gp
set encoding utf8

# n = 256
$data1 << e
2 105.634965
3 183.9056653
4 242.0778901
6 390.2297933
8 497.1051267
e

# continued
$data2 << e
2 102.8780353 114.1751379
3 167.9576132 200.8073143
4 191.280063 304.4327755
6 207.3424323 478.0648647
8 193.0513205 789.2753128
e

# continued
$data3 << e
2 104.9833932
3 188.9602466
4 263.4108316
6 394.7174884
8 511.2913524
e

# n = 64
$data4 << e
2 28.1039399
3 51.89282922
4 73.37997112
6 119.1077922
8 162.7534682
12 165.1251757
16 251.9601386
e

# continued
$data5 << e
2 21.49529994 33.18116215
3 33.89450435 78.73524588
4 47.80952818 132.7733886
6 87.34162488 241.5938379
8 99.15208278 264.2055196
12 86.90759864 767.8357474
16 111.3069586 732.8006954
e

# continued
$data6 << e
2 27.15843363
3 48.30195014
4 67.04358616
6 100.1021957
8 129.4601101
12 181.9546837
16 229.7769937
e

# n = 256
$data7 << e
2 0.01858136117
3 0.01129312386
4 0.008527587567
6 0.00529006073
8 0.004362267378
e

# continued
$data8 << e
2 0.01703918332 0.01940402831
3 0.01013155902 0.01204852207
4 0.006860360001 0.01153770427
6 0.004448393105 0.01013155902
8 0.00314548893 0.01204852207
e

# continued
$data9 << e
2 0.0190506321
3 0.01058423682
4 0.007592702196
6 0.005066915095
8 0.003911664046
e

# n = 64
$data10 << e
2 0.07117428967
3 0.04052623608
4 0.02865637635
6 0.02071168048
8 0.01497659409
12 0.01987080205
16 0.01859880037
e

# continued
$data11 << e
2 0.05985020504 0.07761611325
3 0.02627801298 0.06815673329
4 0.015625 0.05255602595
6 0.009702014157 0.02516391144
8 0.008896786209 0.02865637635
12 0.005768852133 0.02992510252
16 0.006290977859 0.03125
e

# continued
$data12 << e
2 0.07364194958
3 0.04140619569
4 0.0298313398
6 0.01997958172
8 0.01544877413
12 0.01099174783
16 0.008704091595
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
  set terminal pngcairo size 1960,898 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'depth.png' : 'depth-dark.png'

  set label '{/:Bold Depth bends the loss and lowers the rate, while D is far below n}' at screen 0.0163265, screen 0.949889 font ',14' textcolor rgb ink
  set label 'spiral, full batch, 8 to 32 seeds; dashed: from the kernel, nothing fitted' at screen 0.0163265, screen 0.894209 textcolor rgb grey
  set label '' at screen 0.0295918, screen 0.826281 point pt 7 ps 0.7 lc rgb color[1]
  set label 'n = 256' at screen 0.0510204, screen 0.826281 textcolor rgb ink
  set label '' at screen 0.145566, screen 0.826281 point pt 7 ps 0.7 lc rgb color[2]
  set label 'n = 64' at screen 0.166995, screen 0.826281 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.06394877551; set rmargin at screen 0.4771322449; set tmargin at screen 0.706013363; set bmargin at screen 0.1468813452
  set logscale x 2
  set xtics ('2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0, '2^{4}' 16 0)
  set xrange [1.879045498:17.02992292]
  set logscale y 2
  set ytics ('2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set yrange [17.95143865:945.089133]
  set label 'λ_0' at screen 0.0204082, screen 0.426447 center rotate textcolor rgb ink
  set xlabel 'depth D' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Curvature}' at screen 0.0639488, screen 0.739421 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data4 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.558245102; set rmargin at screen 0.9714285714; set tmargin at screen 0.706013363; set bmargin at screen 0.1468813452
  set logscale x 2
  set xtics ('2^{1}' 2 0, '2^{2}' 4 0, '2^{3}' 8 0, '2^{4}' 16 0)
  set xrange [1.879045498:17.02992292]
  set logscale y 2
  set ytics ('2^{−8}' 0.00390625 0, '2^{−7}' 0.0078125 0, '2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0)
  set yrange [0.002679630884:0.09110979668]
  set label 'largest stable rate' at screen 0.507744, screen 0.426447 center rotate textcolor rgb ink
  set xlabel 'depth D' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Stability}' at screen 0.558245, screen 0.739421 textcolor rgb ink

  plot $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data11 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data9 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data7 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data10 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
