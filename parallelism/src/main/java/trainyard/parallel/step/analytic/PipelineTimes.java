package trainyard.parallel.step.analytic;

/**
 * When the pipeline is through, in seconds from the start of the step.
 *
 * @param done end of the last pass of each stage, with the message that holds it up
 * @param warmUpIdle idle time of each stage until its first backward pass starts
 * @param gradientStart start of the last backward pass of each chunk, by stage, then chunk
 * @param gradientEnd end of it, when the chunk's gradients are complete
 */
public record PipelineTimes(double[] done, double[] warmUpIdle, double[] gradientStart, double[] gradientEnd) {

    /** End of the last pass of all. */
    double end() {
        double end = 0;
        for (double ofStage : done) {
            end = Math.max(end, ofStage);
        }
        return end;
    }

    /** The same, so many seconds later. */
    PipelineTimes later(double seconds) {
        return new PipelineTimes(
                shifted(done, seconds), warmUpIdle, shifted(gradientStart, seconds), shifted(gradientEnd, seconds));
    }

    private static double[] shifted(double[] times, double seconds) {
        double[] later = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            later[i] = times[i] + seconds;
        }
        return later;
    }
}
