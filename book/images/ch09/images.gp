# Redraw images.png and images-dark.png with: gnuplot images.gp
set encoding utf8

# n = 64
$data1 << e
0.03125 0.4121429622
0.0625 0.3518922329
0.125 0.3373119086
0.25 0.3629857004
0.5 1.627940416
e

# continued
$data2 << e
0.03125 0.3977598846 0.4295960069
0.0625 0.3352451622 0.3815735281
0.125 0.2957283258 0.34744066
0.25 0.3090855479 0.3720484376
0.5 0.6988668442 2.5
e

# n = 256
$data3 << e
0.03125 0.3476407081
0.0625 0.2934264392
0.125 0.252075009
0.25 0.2581778541
e

# continued
$data4 << e
0.03125 0.3369539082 0.3786710501
0.0625 0.2578542531 0.3251287043
0.125 0.1962139904 0.323752284
0.25 0.2159875631 0.2904384732
e

# n = 64
$data5 << e
0.03125 0.4121429622
0.0625 0.3518922329
0.125 0.3373119086
0.25 0.3629857004
0.5 1.627940416
e

# continued
$data6 << e
0.03125 0.3977598846 0.4295960069
0.0625 0.3352451622 0.3815735281
0.125 0.2957283258 0.34744066
0.25 0.3090855479 0.3720484376
0.5 0.6988668442 2.5
e

# n = 256
$data7 << e
0.03125 0.3701848239
0.0625 0.3219368458
0.125 0.2740452588
0.25 0.3178761899
e

# continued
$data8 << e
0.03125 0.3514438868 0.3878870904
0.0625 0.283306241 0.3734498322
0.125 0.261588186 0.2907481492
0.25 0.2820732892 0.3437108397
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
  set terminal pngcairo size 1960,922 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'images.png' : 'images-dark.png'

  set label '{/:Bold On 784 inputs SP seems to transfer, too}' at screen 0.0163265, screen 0.951193 font ',14' textcolor rgb ink
  set label 'Fashion-MNIST, 2048 images, 200 steps of SGD: final loss, median and range' at screen 0.0163265, screen 0.896963 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.830803 to screen 0.0428571, screen 0.830803 nohead lc rgb color[1]
  set label 'n = 64' at screen 0.0510204, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.830803 to screen 0.149382, screen 0.830803 nohead lc rgb color[2]
  set label 'n = 256' at screen 0.157545, screen 0.830803 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0)
  set xrange [0.03125:0.5]
  set logscale y 10
  set ytics ('0.2' 0.2 0, '' 0.3 1, '' 0.4 1, '0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0, '2' 2 0)
  set yrange [0.15:2.5]
  set label 'loss' at screen 0.0204082, screen 0.42886 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0703388, screen 0.746204 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0)
  set xrange [0.03125:0.5]
  set logscale y 10
  set ytics ('' 0.2 0, '' 0.3 1, '' 0.4 1, '' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 0)
  set yrange [0.15:2.5]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.539251, screen 0.746204 textcolor rgb ink

  plot $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[1], \
    $data7 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
