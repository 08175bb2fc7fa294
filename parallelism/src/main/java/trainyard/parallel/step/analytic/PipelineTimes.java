package trainyard.parallel.step.analytic;

/**
 * When the passes of a step are over, in seconds from its start.
 *
 * @param done end of the last pass of each stage, with the message that holds it up
 * @param gradientStart start of the last backward pass of each chunk, by stage, then chunk
 * @param gradientEnd end of it, when the chunk's gradients are complete
 */
public record PipelineTimes(double[] done, double[] gradientStart, double[] gradientEnd) {}
