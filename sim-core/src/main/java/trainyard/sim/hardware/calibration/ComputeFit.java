package trainyard.sim.hardware.calibration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.sim.hardware.Precision;

/**
 * Time of matrix products: {@code t = launch + 2 m n k / (peak k/(k + halfK) mn/(mn + halfTile^2))}. The two ratios are
 * the shares of the peak that short sums and small outputs leave (roofline with half-performance lengths after Hockney
 * and Jesshope, "Parallel Computers 2", 1988).
 *
 * @param op operation, such as {@code gemm}
 * @param precision format of the operands
 * @param peakFlopsPerSecond rate of large products in FLOP/s
 * @param halfK length of the sum at which half of the peak is reached
 * @param halfTile side of a square output at which half of the peak is reached
 * @param launchSeconds time of a product of nothing
 * @param valid shapes within which samples were taken
 * @param points the measured products themselves, where the file has them; may be empty
 * @param fit errors of the fit, where the file states them
 */
public record ComputeFit(
        String op,
        Precision precision,
        double peakFlopsPerSecond,
        double halfK,
        double halfTile,
        double launchSeconds,
        ShapeRange valid,
        List<GemmPoint> points,
        Optional<FitQuality> fit) {

    public ComputeFit {
        Objects.requireNonNull(op, "op");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(valid, "valid");
        Objects.requireNonNull(fit, "fit");
        points = List.copyOf(points);
    }

    /** Share of the peak that a product of {@code m x k} and {@code k x n} reaches, in (0, 1]. */
    public double efficiency(double m, double n, double k) {
        return k / (k + halfK) * (m * n / (m * n + halfTile * halfTile));
    }

    /** The dimensions of a product of {@code m x k} and {@code k x n} that lie outside those of the samples. */
    public List<Extrapolation.Beyond> beyond(double m, double n, double k) {
        return Stream.of(
                        Extrapolation.Beyond.of("rows (m)", valid.leastM(), valid.mostM(), m),
                        Extrapolation.Beyond.of("columns (n)", valid.leastN(), valid.mostN(), n),
                        Extrapolation.Beyond.of("long sums (k)", valid.leastK(), valid.mostK(), k))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Seconds of a product of {@code m x k} and {@code k x n}. */
    public double seconds(double m, double n, double k) {
        return launchSeconds + 2 * m * n * k / (peakFlopsPerSecond * efficiency(m, n, k));
    }
}
