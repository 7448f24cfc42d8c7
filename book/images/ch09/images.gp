# Redraw images.png and images-dark.png with: gnuplot images.gp
set encoding utf8

# n = 64
$data1 << e
0.015625 0.5065671355
0.02209708691 0.4513142109
0.03125 0.4080027193
0.04419417382 0.38291426
0.0625 0.3458619863
0.08838834765 0.3177839816
0.125 0.3010321409
0.1767766953 0.3257161081
0.25 0.3556291163
0.3535533906 0.498265937
0.5 1.244819939
e

# continued
$data2 << e
0.015625 0.4804356098 0.5362973213
0.02209708691 0.4305660129 0.474652648
0.03125 0.3837936521 0.4317311645
0.04419417382 0.3419758677 0.3947656453
0.0625 0.3044662476 0.3815735281
0.08838834765 0.2806297839 0.3523463309
0.125 0.2636191547 0.34744066
0.1767766953 0.2986763716 0.3785700798
0.25 0.2915809751 0.3720484376
0.3535533906 0.3367361128 1.175177813
0.5 0.6988668442 2.5
e

# n = 128
$data3 << e
0.015625 0.4695805311
0.02209708691 0.4160865396
0.03125 0.3740841001
0.04419417382 0.3405389786
0.0625 0.2996649891
0.08838834765 0.2655435503
0.125 0.2577015609
0.1767766953 0.2574036866
0.25 0.2900685221
0.3535533906 0.4518107623
e

# n = 256
$data4 << e
0.015625 0.4275348037
0.02209708691 0.3831959665
0.03125 0.3420522511
0.04419417382 0.2962530106
0.0625 0.2652123868
0.08838834765 0.2434271127
0.125 0.218064025
0.1767766953 0.2066264078
0.25 0.2417279035
0.3535533906 0.4119360745
e

# n = 512
$data5 << e
0.015625 0.3807052225
0.02209708691 0.3349952251
0.03125 0.2891533673
0.04419417382 0.2428692356
0.0625 0.2062960863
0.08838834765 0.1791536808
0.125 0.1551860422
0.1767766953 0.1570656151
0.25 0.1885016635
e

# continued
$data6 << e
0.015625 0.3718241155 0.3941547573
0.02209708691 0.3225907087 0.360658735
0.03125 0.2744077742 0.3394956887
0.04419417382 0.2304829359 0.3411740959
0.0625 0.1917801201 0.3351796567
0.08838834765 0.1625671983 0.3112752438
0.125 0.1382286102 0.2732907832
0.1767766953 0.13128905 0.3284175694
0.25 0.151896596 0.3552387953
e

# n = 64
$data7 << e
0.015625 0.5065671355
0.02209708691 0.4513142109
0.03125 0.4080027193
0.04419417382 0.38291426
0.0625 0.3458619863
0.08838834765 0.3177839816
0.125 0.3010321409
0.1767766953 0.3257161081
0.25 0.3556291163
0.3535533906 0.498265937
0.5 1.244819939
e

# continued
$data8 << e
0.015625 0.4804356098 0.5362973213
0.02209708691 0.4305660129 0.474652648
0.03125 0.3837936521 0.4317311645
0.04419417382 0.3419758677 0.3947656453
0.0625 0.3044662476 0.3815735281
0.08838834765 0.2806297839 0.3523463309
0.125 0.2636191547 0.34744066
0.1767766953 0.2986763716 0.3785700798
0.25 0.2915809751 0.3720484376
0.3535533906 0.3367361128 1.175177813
0.5 0.6988668442 2.5
e

# n = 128
$data9 << e
0.015625 0.4637684971
0.02209708691 0.4091982543
0.03125 0.3773830831
0.04419417382 0.34236525
0.0625 0.3107595891
0.08838834765 0.2826705128
0.125 0.2663239837
0.1767766953 0.2877879739
0.25 0.3233301342
0.3535533906 0.5150296688
e

# n = 256
$data10 << e
0.015625 0.4371782094
0.02209708691 0.3957493454
0.03125 0.3637176901
0.04419417382 0.3210518509
0.0625 0.2916868478
0.08838834765 0.2575782239
0.125 0.2635224909
0.1767766953 0.2605253756
0.25 0.3030046225
0.3535533906 0.5543185174
e

# n = 512
$data11 << e
0.015625 0.4239601642
0.02209708691 0.3817924261
0.03125 0.3458898664
0.04419417382 0.3133208156
0.0625 0.284983024
0.08838834765 0.2549718171
0.125 0.2402250618
0.1767766953 0.2492693141
0.25 0.2819165736
0.3535533906 0.5200442076
e

# continued
$data12 << e
0.015625 0.4199188054 0.4385103285
0.02209708691 0.3725052178 0.4040554166
0.03125 0.3248039484 0.377933383
0.04419417382 0.2835912406 0.3777125776
0.0625 0.2478283495 0.3593984544
0.08838834765 0.2288517654 0.3281553984
0.125 0.219712615 0.3127384186
0.1767766953 0.2267457694 0.3532627523
0.25 0.232248798 0.4632559419
0.3535533906 0.3309939504 3.136841297
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
  set label 'Fashion-MNIST, 2048 images, 200 steps of SGD: final loss, median; pale: range, narrowest and widest' at screen 0.0163265, screen 0.896963 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.830803 to screen 0.0428571, screen 0.830803 nohead lc rgb color[1]
  set label 'n = 64' at screen 0.0510204, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.830803 to screen 0.149382, screen 0.830803 nohead lc rgb color[2]
  set label 'n = 128' at screen 0.157545, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.238826, screen 0.830803 to screen 0.265356, screen 0.830803 nohead lc rgb color[3]
  set label 'n = 256' at screen 0.273519, screen 0.830803 textcolor rgb ink
  set arrow from screen 0.3548, screen 0.830803 to screen 0.381331, screen 0.830803 nohead lc rgb color[4]
  set label 'n = 512' at screen 0.389494, screen 0.830803 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.5025163265; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0)
  set xrange [0.015625:0.5]
  set logscale y 10
  set ytics ('0.1' 0.1 0, '0.2' 0.2 0, '' 0.3 1, '' 0.4 1, '0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0, '2' 2 0)
  set yrange [0.1:2.5]
  set label 'loss' at screen 0.0204082, screen 0.42886 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0703388, screen 0.746204 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data4 using 1:2 with lines lc rgb color[3], \
    $data5 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5392510204; set rmargin at screen 0.9714285714; set tmargin at screen 0.7136659436; set bmargin at screen 0.1440540564
  set logscale x 2
  set xtics ('2^{−6}' 0.015625 0, '2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0)
  set xrange [0.015625:0.5]
  set logscale y 10
  set ytics ('' 0.1 0, '' 0.2 0, '' 0.3 1, '' 0.4 1, '' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 0)
  set yrange [0.1:2.5]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.539251, screen 0.746204 textcolor rgb ink

  plot $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data12 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[4], \
    $data7 using 1:2 with lines lc rgb color[1], \
    $data9 using 1:2 with lines lc rgb color[2], \
    $data10 using 1:2 with lines lc rgb color[3], \
    $data11 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
