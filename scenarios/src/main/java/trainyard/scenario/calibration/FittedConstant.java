package trainyard.scenario.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.sim.hardware.calibration.MemoryFit;
import trainyard.sim.hardware.calibration.StorageFit;

/**
 * A constant of a profile in a unit that people read.
 *
 * @param of what it belongs to, such as {@code mlp}
 * @param name what it is
 * @param value in the unit
 * @param unit of value and interval
 * @param ci95 95 % confidence interval, where there is one
 */
public record FittedConstant(String of, String name, double value, String unit, Optional<FitQuality.Interval> ci95) {

    private static final double MICRO = 1e6;
    private static final double GIGA = 1e9;
    private static final double MILLI = 1e3;

    /** All constants of a profile, those of training iterations first. */
    public static List<FittedConstant> of(CalibrationProfile profile) {
        List<FittedConstant> constants = new ArrayList<>();
        profile.families().forEach(fit -> family(constants, fit));
        profile.concurrency().forEach(fit -> {
            String processes = fit.processes() + " processes at once";
            fit.seconds()
                    .forEach((term, seconds) -> constants.add(
                            plain(fit.family(), processes + ", " + name(term), seconds * scale(term), unit(term))));
            constants.add(plain(fit.family(), processes + ", spread", fit.cv(), "of the mean"));
        });
        profile.launch()
                .ifPresent(launch -> constants.add(plain("operation", "dispatch", launch.gapSeconds() * MICRO, "us")));
        profile.compute().forEach(fit -> products(constants, fit));
        for (MemoryFit fit : profile.memory()) {
            constants.add(plain(fit.op(), "bandwidth", fit.bytesPerSecond() / GIGA, "GB/s"));
        }
        profile.links().forEach(fit -> link(constants, fit));
        for (StorageFit fit : profile.storage()) {
            constants.add(plain(fit.name(), "write and fsync", fit.writeBytesPerSecond() / GIGA, "GB/s"));
            constants.add(
                    plain(fit.name(), fit.cached() ? "read, cached" : "read", fit.readBytesPerSecond() / GIGA, "GB/s"));
        }
        return constants;
    }

    private static FittedConstant plain(String of, String name, double value, String unit) {
        return new FittedConstant(of, name, value, unit, Optional.empty());
    }

    private static void family(List<FittedConstant> constants, JobFamilyFit fit) {
        fit.seconds().forEach((term, seconds) -> {
            double scale = scale(term);
            Optional<FitQuality.Interval> interval = fit.fit()
                    .flatMap(quality -> Optional.ofNullable(quality.ci95().get(term.key())))
                    .map(one -> new FitQuality.Interval(one.low() * scale, one.high() * scale));
            constants.add(new FittedConstant(fit.family(), name(term), seconds * scale, unit(term), interval));
        });
    }

    private static double scale(JobTerm term) {
        return switch (term) {
            case ITERATION, LAYER, SEQUENCE_STEP, GEMM_CALL -> MICRO;
            case ADAM_VALUE -> GIGA;
            case FLOP, PARAMETER_BYTE, ACTIVATION_BYTE, IM2COL_BYTE -> MILLI * GIGA;
        };
    }

    private static String unit(JobTerm term) {
        return switch (term) {
            case ITERATION, LAYER, SEQUENCE_STEP, GEMM_CALL -> "us";
            case ADAM_VALUE -> "ns";
            case FLOP -> "ms/GFLOP";
            case PARAMETER_BYTE, ACTIVATION_BYTE, IM2COL_BYTE -> "ms/GB";
        };
    }

    private static String name(JobTerm term) {
        return switch (term) {
            case ITERATION -> "iteration";
            case LAYER -> "layer";
            case SEQUENCE_STEP -> "step of the sequence";
            case GEMM_CALL -> "matrix product";
            case FLOP -> "operations";
            case PARAMETER_BYTE -> "parameters moved";
            case ADAM_VALUE -> "value that Adam updates";
            case ACTIVATION_BYTE -> "layer outputs";
            case IM2COL_BYTE -> "unrolled images";
        };
    }

    private static void products(List<FittedConstant> constants, ComputeFit fit) {
        constants.add(plain(fit.op(), "peak", fit.peakFlopsPerSecond() / GIGA, "GFLOP/s"));
        constants.add(plain(fit.op(), "half of it at k", fit.halfK(), ""));
        constants.add(plain(fit.op(), "half of it at m = n", fit.halfTile(), ""));
        constants.add(plain(fit.op(), "call", fit.launchSeconds() * MICRO, "us"));
    }

    private static void link(List<FittedConstant> constants, LinkFit fit) {
        for (LinkFit.Piece piece : fit.pieces()) {
            String upTo = " up to " + Math.round(piece.upToBytes() / 1024) + " KiB";
            constants.add(plain(fit.name(), "latency" + upTo, piece.alphaSeconds() * MICRO, "us"));
            bandwidth(constants, fit.name(), "bandwidth" + upTo, piece.betaSecondsPerByte());
        }
        constants.add(plain(fit.name(), "latency above", fit.alphaSeconds() * MICRO, "us"));
        bandwidth(constants, fit.name(), "bandwidth above", fit.betaSecondsPerByte());
    }

    /** None where a larger message took no longer. */
    private static void bandwidth(List<FittedConstant> constants, String of, String name, double secondsPerByte) {
        if (secondsPerByte > 0) {
            constants.add(plain(of, name, 1 / secondsPerByte / GIGA, "GB/s"));
        }
    }
}
