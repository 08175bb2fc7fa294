package trainyard.parallel.input;

/**
 * Weighted max-min fair shares of one capacity: rates rise together in proportion to their weights until each meets its
 * limit or the capacity is used up (Bertsekas and Gallager, Data Networks, section 6.5.2).
 */
final class WeightedShares {

    private WeightedShares() {}

    /**
     * The rates.
     *
     * @param capacity what is shared
     * @param weights above 0 each; 0 for those that want nothing
     * @param limits most that each can use
     * @return one rate each; their sum is at most the capacity
     */
    static double[] of(double capacity, double[] weights, double[] limits) {
        double[] rates = new double[weights.length];
        boolean[] settled = new boolean[weights.length];
        double left = capacity;
        boolean limited = true;
        while (limited) {
            limited = false;
            double level = left / openWeight(weights, settled);
            for (int i = 0; i < rates.length; i++) {
                if (!settled[i] && weights[i] > 0 && limits[i] < level * weights[i]) {
                    rates[i] = limits[i];
                    left = Math.max(0, left - limits[i]);
                    settled[i] = true;
                    limited = true;
                }
            }
        }
        double total = openWeight(weights, settled);
        for (int i = 0; i < rates.length; i++) {
            rates[i] = settled[i] || weights[i] == 0 ? rates[i] : left * (weights[i] / total);
        }
        return rates;
    }

    private static double openWeight(double[] weights, boolean[] settled) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += settled[i] ? 0 : weights[i];
        }
        return sum;
    }
}
