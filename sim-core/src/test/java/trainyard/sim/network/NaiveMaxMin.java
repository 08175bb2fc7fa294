package trainyard.sim.network;

import java.util.Arrays;

/** Progressive filling as the textbook has it: raise all rates together, freeze those that meet a full link, repeat. */
final class NaiveMaxMin {

    private NaiveMaxMin() {}

    /**
     * @param capacity of each link
     * @param routes links of each variable
     * @param weight flows of each variable
     */
    static double[] solve(double[] capacity, int[][] routes, double[] weight) {
        double[] rate = new double[routes.length];
        boolean[] frozen = new boolean[routes.length];
        for (int open = routes.length; open > 0; ) {
            double level = Double.POSITIVE_INFINITY;
            double[] share = new double[capacity.length];
            Arrays.fill(share, Double.POSITIVE_INFINITY);
            for (int link = 0; link < capacity.length; link++) {
                double free = capacity[link];
                double flows = 0;
                for (int v = 0; v < routes.length; v++) {
                    for (int used : routes[v]) {
                        if (used == link && frozen[v]) {
                            free -= rate[v] * weight[v];
                        } else if (used == link) {
                            flows += weight[v];
                        }
                    }
                }
                if (flows > 0) {
                    share[link] = Math.max(0, free) / flows;
                    level = Math.min(level, share[link]);
                }
            }
            for (int v = 0; v < routes.length; v++) {
                for (int used : routes[v]) {
                    if (!frozen[v] && share[used] <= level * (1 + 1e-12)) {
                        frozen[v] = true;
                        rate[v] = level;
                        open--;
                    }
                }
            }
        }
        return rate;
    }
}
