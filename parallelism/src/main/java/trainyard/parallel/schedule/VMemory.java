package trainyard.parallel.schedule;

/**
 * How many micro-batches the two chunks of a stage in a V may hold (Qi et al. 2024b, section 3): one that takes a units
 * of time from stage to stage on its whole way, where a period is six units, stays {@code ((p - 1) a - i b) / 6} periods
 * in the first chunk of stage i and {@code i b / 6} in the second.
 *
 * @param way a, the sum of the four offsets between neighbouring stages: 12 for ZB-V, 6 for V-Half, 4 for V-Min
 */
record VMemory(int way) {

    private static final int PERIOD = 6;

    int first(int stage, int stages) {
        return 1 + ceiling(way * (stages - 1) - stage * way / 2);
    }

    int second(int stage) {
        return 1 + ceiling(stage * way / 2);
    }

    private static int ceiling(int units) {
        return (units + PERIOD - 1) / PERIOD;
    }
}
