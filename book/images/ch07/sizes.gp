# Redraw sizes.png and sizes-dark.png with: gnuplot sizes.gp
set encoding utf8

# hidden rate not scaled
$data1 << e
64 1.392994432
128 1.278402797
256 1.329852857
512 1.372852426
1024 1.361912175
e

# continued
$data2 << e
64 1.383405526 1.416946926
128 1.21128353 1.346714432
256 1.311426041 1.376241947
512 1.329102639 1.384215683
1024 1.347147395 1.395480263
e

# µP
$data3 << e
64 1.392994432
128 1.278375542
256 1.329729887
512 1.370685664
1024 1.348862174
e

# continued
$data4 << e
64 1.383405526 1.416946926
128 1.210449662 1.347452121
256 1.313074032 1.376692294
512 1.32660067 1.379764668
1024 1.330505168 1.377764134
e

# hidden rate not scaled
$data5 << e
64 0.01677247782
128 0.03179386616
256 0.06225452023
512 0.1234700558
1024 0.2447389692
e

# continued
$data6 << e
64 0.01634753875 0.01776226031
128 0.02988592284 0.03536519899
256 0.06115625765 0.0629923213
512 0.1211763569 0.1268997374
1024 0.2406629368 0.246625311
e

# µP
$data7 << e
64 0.01677247782
128 0.01659258864
256 0.01662260174
512 0.01662828384
1024 0.01652130032
e

# continued
$data8 << e
64 0.01634753875 0.01776226031
128 0.01568362667 0.01839291563
256 0.01633212193 0.0167285336
512 0.01631802469 0.0170476307
1024 0.01629195796 0.01662212389
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
  set terminal pngcairo size 1960,926 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'sizes.png' : 'sizes-dark.png'

  set label '{/:Bold One mistake, looked at twice}' at screen 0.0163265, screen 0.951404 font ',14' textcolor rgb ink
  set label 'second layer after 2 steps of Adam, η = 0.001; medians, smallest to largest' at screen 0.0163265, screen 0.897408 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.831533 to screen 0.0428571, screen 0.831533 nohead lc rgb color[1]
  set label 'hidden rate not scaled' at screen 0.0510204, screen 0.831533 textcolor rgb ink
  set arrow from screen 0.239851, screen 0.831533 to screen 0.266382, screen 0.831533 nohead lc rgb color[2]
  set label 'µP' at screen 0.274545, screen 0.831533 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.4756022449; set tmargin at screen 0.6738660907; set bmargin at screen 0.1420343758
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0, '2' 2 0, '' 3 1, '' 4 1, '5' 5 0)
  set yrange [0.5:5]
  set label 'size' at screen 0.0204082, screen 0.40795 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Size}' at screen 0.0703388, screen 0.7473 textcolor rgb ink
  set label 'rms of h_2' at screen 0.0703388, screen 0.706263 textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.566165102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6738660907; set bmargin at screen 0.1420343758
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0)
  set xrange [64:1024]
  set logscale y 10
  set ytics ('' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0)
  set yrange [0.005:1]
  set label 'change' at screen 0.506214, screen 0.40795 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Change}' at screen 0.566165, screen 0.7473 textcolor rgb ink
  set label 'rms of h_2 - h_2(0)' at screen 0.566165, screen 0.706263 textcolor rgb grey

  plot $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[1], \
    $data7 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
