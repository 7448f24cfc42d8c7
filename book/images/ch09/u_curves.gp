# Redraw u_curves.png and u_curves-dark.png with: gnuplot u_curves.gp
set encoding utf8

# n = 32
$data1 << e
0.0625 0.9362139404
0.125 0.7081225216
0.25 0.3294313699
0.5 0.07601061091
1 0.1407437213
1.414213562 0.4987021685
2 0.8326589465
e

# continued
$data2 << e
0.0625 0.9012830257 0.9654834867
0.125 0.6354136467 0.7887049913
0.25 0.2450980544 0.376683563
0.5 0.05693447217 0.1000290141
1 0.08709876239 0.2519742548
1.414213562 0.2440340519 1.00787878
2 0.7512074709 1.005013347
e

# n = 128
$data3 << e
0.0625 0.9384199977
0.125 0.7079606354
0.25 0.3530022353
0.5 0.364566043
1 0.6802609861
1.414213562 0.4802264869
2 0.7418490946
e

# continued
$data4 << e
0.0625 0.913122654 0.9667611718
0.125 0.6582494378 0.758035481
0.25 0.2756050527 0.4065171778
0.5 0.2305605263 0.7298072577
1 0.393774718 1.150418401
1.414213562 0.1627624035 0.7854444981
2 0.531547308 0.8616529107
e

# n = 512
$data5 << e
0.0625 0.9720925689
0.125 0.9062510729
0.25 0.9091548324
0.5 1.096971393
1 0.9734106064
1.414213562 0.7108961046
2 0.1892516986
e

# continued
$data6 << e
0.0625 0.963629663 0.9878030419
0.125 0.8798409104 0.9170811176
0.25 0.8590962291 0.9542726278
0.5 1.051797152 1.099293709
1 0.9149240851 1.06740427
1.414213562 0.133610025 0.7649453282
2 0.0206580665 0.7398050427
e

# n = 32
$data7 << e
0.0625 0.9362139404
0.125 0.7081225216
0.25 0.3294313699
0.5 0.07601061091
1 0.1407437213
1.414213562 0.4987021685
2 0.8326589465
e

# continued
$data8 << e
0.0625 0.9012830257 0.9654834867
0.125 0.6354136467 0.7887049913
0.25 0.2450980544 0.376683563
0.5 0.05693447217 0.1000290141
1 0.08709876239 0.2519742548
1.414213562 0.2440340519 1.00787878
2 0.7512074709 1.005013347
e

# n = 128
$data9 << e
0.0625 0.9103569686
0.125 0.6210068166
0.25 0.2031182721
0.5 0.04513468966
1 0.02567263134
1.414213562 0.05491947755
2 0.6743124723
e

# continued
$data10 << e
0.0625 0.8878058195 0.9181770682
0.125 0.5780179501 0.6722018123
0.25 0.1722393334 0.2506729066
0.5 0.04046640173 0.05168521777
1 0.01641169563 0.07094478607
1.414213562 0.01761282049 0.1641974002
2 0.4499635398 1.274594426
e

# n = 512
$data11 << e
0.0625 0.8923610449
0.125 0.585752666
0.25 0.1873977631
0.5 0.04161518067
1 0.01709148567
1.414213562 0.2185136676
2 1.256699502
e

# continued
$data12 << e
0.0625 0.8823142648 0.8938385844
0.125 0.5782089829 0.6072942615
0.25 0.1682131141 0.2017950118
0.5 0.038113188 0.04382144287
1 0.01637571491 0.04606544226
1.414213562 0.01823642105 0.282068342
2 0.6197566986 1.48589623
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
  set terminal pngcairo size 1960,916 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'u_curves.png' : 'u_curves-dark.png'

  set label '{/:Bold The best rate moves under SP and stays under µP}' at screen 0.0163265, screen 0.950873 font ',14' textcolor rgb ink
  set label 'spiral, 200 steps of SGD: final loss, median of seeds; pale: smallest to largest' at screen 0.0163265, screen 0.896288 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.829694 to screen 0.0428571, screen 0.829694 nohead lc rgb color[1]
  set label 'n = 32' at screen 0.0510204, screen 0.829694 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.829694 to screen 0.149382, screen 0.829694 nohead lc rgb color[2]
  set label 'n = 128' at screen 0.157545, screen 0.829694 textcolor rgb ink
  set arrow from screen 0.238826, screen 0.829694 to screen 0.265356, screen 0.829694 nohead lc rgb color[3]
  set label 'n = 512' at screen 0.273519, screen 0.829694 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.5075263265; set tmargin at screen 0.711790393; set bmargin at screen 0.1450938777
  set logscale x 2
  set xtics ('2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0)
  set xrange [0.0625:2]
  set logscale y 10
  set ytics ('10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1)
  set yrange [0.01:2]
  set label 'loss' at screen 0.0204082, screen 0.428442 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0803588, screen 0.744541 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.711790393; set bmargin at screen 0.1450938777
  set logscale x 2
  set xtics ('2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0)
  set xrange [0.0625:2]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1)
  set yrange [0.01:2]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.544261, screen 0.744541 textcolor rgb ink

  plot $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data10 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data12 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data7 using 1:2 with lines lc rgb color[1], \
    $data9 using 1:2 with lines lc rgb color[2], \
    $data11 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object
  unset multiplot
}
