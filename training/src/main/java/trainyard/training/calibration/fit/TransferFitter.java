package trainyard.training.calibration.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.sim.hardware.calibration.MemoryFit;

/** Fits {@code t = alpha + bytes beta} to transfers of several sizes, non-negative and in relative error. */
public final class TransferFitter {

    /** Where all bytes of the largest transfer add less than this to its latency, it is rounding. */
    private static final double LEVEL = 1e-9;

    private TransferFitter() {}

    /**
     * A link with constants of its own for each range of sizes.
     *
     * @param seconds by bytes of a message
     * @param bounds largest message of each range but the last, ascending
     */
    public static LinkFit link(String name, SortedMap<Double, Double> seconds, List<Double> bounds) {
        List<LinkFit.Piece> pieces = new ArrayList<>();
        double from = 0;
        for (double upTo : bounds) {
            SortedMap<Double, Double> part = between(seconds, from, upTo);
            if (part.size() > 1) {
                double[] line = line(part);
                pieces.add(new LinkFit.Piece(upTo, line[0], line[1]));
            }
            from = upTo;
        }
        double[] last = line(between(seconds, from, Double.POSITIVE_INFINITY));
        LinkFit bare = new LinkFit(name, last[0], last[1], pieces, Optional.empty());
        double[] errors = seconds.entrySet().stream()
                .mapToDouble(entry -> Errors.percent(bare.seconds(entry.getKey()), entry.getValue()))
                .toArray();
        return new LinkFit(
                name,
                last[0],
                last[1],
                pieces,
                Optional.of(range(seconds)),
                Optional.of(Errors.quality(seconds.size(), 0, errors, Map.of())));
    }

    /**
     * An operation limited by memory; empty where the samples take no longer for more bytes, so that they show no bandwidth.
     *
     * @param seconds by bytes read and written
     */
    public static Optional<MemoryFit> memory(
            String op, OptionalDouble bytesPerParameter, SortedMap<Double, Double> seconds) {
        double[] line = line(seconds);
        if (line[1] == 0) {
            return Optional.empty();
        }
        MemoryFit bare = new MemoryFit(op, bytesPerParameter, 1 / line[1], line[0], Optional.empty(), Optional.empty());
        double[] errors = seconds.entrySet().stream()
                .mapToDouble(entry -> Errors.percent(bare.seconds(entry.getKey()), entry.getValue()))
                .toArray();
        return Optional.of(new MemoryFit(
                op,
                bytesPerParameter,
                bare.bytesPerSecond(),
                bare.launchSeconds(),
                Optional.of(range(seconds)),
                Optional.of(Errors.quality(seconds.size(), 0, errors, Map.of()))));
    }

    private static FitQuality.Interval range(SortedMap<Double, Double> seconds) {
        return new FitQuality.Interval(seconds.firstKey(), seconds.lastKey());
    }

    /** Sizes above one bound and up to another. */
    private static SortedMap<Double, Double> between(SortedMap<Double, Double> seconds, double above, double upTo) {
        SortedMap<Double, Double> part = new TreeMap<>();
        seconds.forEach((bytes, time) -> {
            if (bytes > above && bytes <= upTo) {
                part.put(bytes, time);
            }
        });
        return part;
    }

    /** Latency and time per byte; no time per byte where none is seen. */
    private static double[] line(SortedMap<Double, Double> seconds) {
        double[][] x =
                seconds.keySet().stream().map(bytes -> new double[] {1, bytes}).toArray(double[][]::new);
        double[] y = seconds.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] line = RelativeFit.of(x, y);
        boolean isLevel = line[1] * seconds.lastKey() <= LEVEL * line[0];
        return new double[] {line[0], isLevel ? 0 : line[1]};
    }
}
