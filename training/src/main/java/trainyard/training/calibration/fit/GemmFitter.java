package trainyard.training.calibration.fit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.GemmPoint;
import trainyard.sim.hardware.calibration.ShapeRange;

/**
 * Fits the constants of {@link ComputeFit}. Multiplied out, its time is linear: {@code t = launch + 2/peak (m n k + halfK m n
 * + halfTile^2 k + halfK halfTile^2)}, so that four non-negative coefficients give the four constants.
 */
public final class GemmFitter {

    private GemmFitter() {}

    /**
     * @param points at least four products of different shape
     */
    public static ComputeFit fit(Precision precision, List<GemmPoint> points) {
        double[][] x = points.stream()
                .map(p -> new double[] {1, p.m() * p.n() * p.k(), p.m() * p.n(), p.k()})
                .toArray(double[][]::new);
        double[] y = points.stream().mapToDouble(GemmPoint::seconds).toArray();
        double[] c = RelativeFit.of(x, y);
        if (!(c[1] > 0)) {
            throw new IllegalArgumentException("the time of the products does not grow with their size");
        }
        double halfTile = Math.sqrt(c[3] / c[1]);
        ComputeFit bare = new ComputeFit(
                "gemm",
                precision,
                2 / c[1],
                c[2] / c[1],
                halfTile,
                Math.max(0, c[0] - c[2] * c[3] / c[1]),
                range(points),
                points,
                Optional.empty());
        double[] errors = points.stream()
                .mapToDouble(p -> Errors.percent(bare.seconds(p.m(), p.n(), p.k()), p.seconds()))
                .toArray();
        return new ComputeFit(
                bare.op(),
                precision,
                bare.peakFlopsPerSecond(),
                bare.halfK(),
                halfTile,
                bare.launchSeconds(),
                bare.valid(),
                points,
                Optional.of(Errors.quality(points.size(), 0, errors, Map.of())));
    }

    private static ShapeRange range(List<GemmPoint> points) {
        return new ShapeRange(
                least(points, GemmPoint::m),
                most(points, GemmPoint::m),
                least(points, GemmPoint::n),
                most(points, GemmPoint::n),
                least(points, GemmPoint::k),
                most(points, GemmPoint::k));
    }

    private static double least(List<GemmPoint> points, ToDoubleFunction<GemmPoint> size) {
        return points.stream().mapToDouble(size).min().orElseThrow();
    }

    private static double most(List<GemmPoint> points, ToDoubleFunction<GemmPoint> size) {
        return points.stream().mapToDouble(size).max().orElseThrow();
    }
}
