package trainyard.training.replay;

import java.util.Objects;

/**
 * One repetition of a measurement.
 *
 * @param suite group, such as {@code gemm} or {@code step}
 * @param op operation or job
 * @param dtype format, as {@link MatrixMath#word}
 * @param params sizes, as {@code key=value} with blanks between
 * @param round which pass over all measurements, from 0
 * @param repetition which repetition of the round, from 0
 * @param seconds of one operation
 * @param bytes that one operation must move
 * @param flops of one operation
 */
public record KernelSample(
        String suite,
        String op,
        String dtype,
        String params,
        int round,
        int repetition,
        double seconds,
        double bytes,
        double flops) {

    /** Names of the columns of {@link #csv}. */
    public static final String HEADER = "suite,op,dtype,params,round,rep,seconds,bytes,flops,t_wall_utc";

    public KernelSample {
        Objects.requireNonNull(suite, "suite");
        Objects.requireNonNull(op, "op");
        Objects.requireNonNull(dtype, "dtype");
        Objects.requireNonNull(params, "params");
    }

    /** One line of a table, without its end. */
    public String csv(String utc) {
        return String.join(
                ",",
                suite,
                op,
                dtype,
                params,
                Integer.toString(round),
                Integer.toString(repetition),
                Double.toString(seconds),
                Double.toString(bytes),
                Double.toString(flops),
                utc);
    }
}
