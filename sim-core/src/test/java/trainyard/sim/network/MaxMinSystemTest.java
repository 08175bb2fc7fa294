package trainyard.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaxMinSystemTest {

    private static MaxMinSystem system(double... capacities) {
        return new MaxMinSystem(capacities, 8);
    }

    private static int start(MaxMinSystem system, double flows, int... links) {
        int variable = system.add(links, links.length, flows);
        system.activate(variable);
        return variable;
    }

    /**
     * a + b <= 10                  on link 0
     * a = b                        fair
     * => a = b = 5
     */
    @Test
    void twoFlowsHalveALink() {
        var system = system(10);
        int a = start(system, 1, 0);
        int b = start(system, 1, 0);
        assertThat(system.solve()).isEqualTo(2);
        assertThat(system.rate(a)).isEqualTo(5);
        assertThat(system.rate(b)).isEqualTo(5);
        assertThat(system.load(0)).isEqualTo(10);
    }

    /**
     * The parking lot: one long flow against a short one on each of three links.
     * x + a <= 6, x + b <= 8, x + c <= 10
     * link 0 is the bottleneck of x and a: x = a = 3; then b = 5, c = 7.
     */
    @Test
    void longFlowIsHeldByItsNarrowestLink() {
        var system = system(6, 8, 10);
        int x = start(system, 1, 0, 1, 2);
        int a = start(system, 1, 0);
        int b = start(system, 1, 1);
        int c = start(system, 1, 2);
        system.solve();
        assertThat(rates(system, x, a, b, c)).containsExactly(3, 3, 5, 7);
    }

    /**
     * Weights: 3 flows as one variable against a single one.
     * 3 a + b <= 8, a = b
     * => a = b = 2
     */
    @Test
    void aggregatedFlowsCountEach() {
        var system = system(8);
        int a = start(system, 3, 0);
        int b = start(system, 1, 0);
        system.solve();
        assertThat(rates(system, a, b)).containsExactly(2, 2);
        assertThat(system.load(0)).isEqualTo(8);
    }

    /**
     * a + b <= 4 on link 0, b + c <= 10 on link 1
     * => a = b = 2, c = 8; when a leaves: b + c <= 10, b <= 4 => b = 4, c = 6.
     */
    @Test
    void departureLetsTheRestOfTheComponentGrow() {
        var system = system(4, 10);
        int a = start(system, 1, 0);
        int b = start(system, 1, 0, 1);
        int c = start(system, 1, 1);
        system.solve();
        assertThat(rates(system, a, b, c)).containsExactly(2, 2, 8);
        system.deactivate(a);
        assertThat(system.solve()).isEqualTo(2);
        assertThat(rates(system, a, b, c)).containsExactly(0, 4, 6);
    }

    /**
     * A variable that crosses a link twice counts twice there.
     * 2 a + b <= 9, a = b
     * => a = b = 3
     */
    @Test
    void crossingALinkTwiceCountsTwice() {
        var system = system(9);
        int a = start(system, 1, 0, 0);
        int b = start(system, 1, 0);
        system.solve();
        assertThat(rates(system, a, b)).containsExactly(3, 3);
    }

    /**
     * a <= 0 on the failed link 0, a + b <= 5 on link 1
     * => a = 0, b = 5
     */
    @Test
    void failedLinkStopsItsFlowsOnly() {
        var system = system(1, 5);
        int a = start(system, 1, 0, 1);
        int b = start(system, 1, 1);
        system.setCapacity(0, 0);
        system.solve();
        assertThat(rates(system, a, b)).containsExactly(0, 5);
    }

    @Test
    void changeInOneComponentLeavesTheOthersAlone() {
        var system = system(4, 4);
        start(system, 1, 0);
        start(system, 1, 0);
        int c = start(system, 1, 1);
        system.solve();
        long before = system.variablesSolved();
        system.setCapacity(1, 2);
        assertThat(system.solve()).isEqualTo(1);
        assertThat(system.changed(0)).isEqualTo(c);
        assertThat(system.variablesSolved() - before).isEqualTo(1);
        assertThat(system.isDirty()).isFalse();
        assertThat(system.solve()).isZero();
    }

    @Test
    void refusesWhatIsNoSystem() {
        var system = system(1);
        assertThatThrownBy(() -> system.add(new int[0], 0, 1)).hasMessage("a variable crosses 1 to 8 links, got 0");
        assertThatThrownBy(() -> system.add(new int[] {0}, 1, 0))
                .hasMessage("a variable stands for a positive number of flows, got 0.0");
        assertThatThrownBy(() -> system.setCapacity(0, Double.NaN))
                .hasMessage("capacity must not be negative, got NaN");
    }

    @Test
    void ratesAreFeasibleParetoEfficientAndEqualToTheNaiveSolution() {
        for (int seed = 0; seed < 400; seed++) {
            var world = new RandomSystem(seed);
            for (int v = 0; v < world.routes.length; v++) {
                world.start(v);
            }
            world.system.solve();
            world.assertMaxMin("seed " + seed);
        }
    }

    /** 300 flows of four links over 600: large enough for the queue of shares to use its buckets. */
    @Test
    void ratesOfALargeSystemEqualTheNaiveSolution() {
        var random = new SplittableRandom(7);
        double[] capacity = random.doubles(600, 1, 2).toArray();
        var system = new MaxMinSystem(capacity, 4);
        int[][] routes = new int[300][];
        double[] weight = new double[300];
        for (int v = 0; v < routes.length; v++) {
            routes[v] = random.ints(4, 0, 600).toArray();
            weight[v] = 1 + random.nextInt(3);
            start(system, weight[v], routes[v]);
        }
        system.solve();
        double[] expected = NaiveMaxMin.solve(capacity, routes, weight);
        for (int v = 0; v < routes.length; v++) {
            assertThat(system.rate(v)).isCloseTo(expected[v], offset(1e-9));
        }
    }

    @Test
    void incrementalRatesEqualThoseFromScratchToTheLastBitWithUnitWeights() {
        for (int seed = 0; seed < 150; seed++) {
            var world = new RandomSystem(seed);
            for (int change = 0; change < 40; change++) {
                world.changeSomething();
                if (world.random.nextInt(3) > 0) {
                    world.system.solve();
                    world.assertMaxMin("seed " + seed + " change " + change);
                    world.assertEqualsScratch("seed " + seed + " change " + change);
                }
            }
        }
    }

    private static double[] rates(MaxMinSystem system, int... variables) {
        double[] rates = new double[variables.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = system.rate(variables[i]);
        }
        return rates;
    }

    /** A system of random size, density and capacities, some of them equal. */
    private static final class RandomSystem {

        final SplittableRandom random;
        final double[] capacity;
        final int[][] routes;
        final double[] weight;
        final int[] variable;
        final MaxMinSystem system;
        final boolean unitWeights;

        RandomSystem(int seed) {
            unitWeights = seed % 2 == 0;
            random = new SplittableRandom(seed);
            capacity = new double[1 + random.nextInt(30)];
            for (int l = 0; l < capacity.length; l++) {
                capacity[l] = random.nextBoolean() ? 12 : 1 + 20 * random.nextDouble();
            }
            routes = new int[1 + random.nextInt(30)][];
            weight = new double[routes.length];
            variable = new int[routes.length];
            for (int v = 0; v < routes.length; v++) {
                routes[v] =
                        random.ints(1 + random.nextInt(4), 0, capacity.length).toArray();
                weight[v] = unitWeights ? 1 : 1 + random.nextInt(5);
                variable[v] = -1;
            }
            system = new MaxMinSystem(capacity, 4);
        }

        void start(int v) {
            variable[v] = MaxMinSystemTest.start(system, weight[v], routes[v]);
        }

        void changeSomething() {
            if (random.nextInt(4) == 0) {
                int link = random.nextInt(capacity.length);
                capacity[link] = random.nextInt(5) == 0 ? 0 : 20 * random.nextDouble();
                system.setCapacity(link, capacity[link]);
                return;
            }
            int v = random.nextInt(routes.length);
            if (variable[v] < 0) {
                start(v);
            } else {
                system.remove(variable[v]);
                variable[v] = -1;
            }
        }

        void assertMaxMin(String name) {
            int[] active = java.util.stream.IntStream.range(0, routes.length)
                    .filter(v -> variable[v] >= 0)
                    .toArray();
            int[][] activeRoutes = new int[active.length][];
            double[] activeWeight = new double[active.length];
            for (int i = 0; i < active.length; i++) {
                activeRoutes[i] = routes[active[i]];
                activeWeight[i] = weight[active[i]];
            }
            double[] expected = NaiveMaxMin.solve(capacity, activeRoutes, activeWeight);
            for (int i = 0; i < active.length; i++) {
                assertThat(system.rate(variable[active[i]])).as(name).isCloseTo(expected[i], offset(1e-9));
                assertHasBottleneck(active[i], name);
            }
            for (int l = 0; l < capacity.length; l++) {
                assertThat(system.load(l)).as(name).isLessThanOrEqualTo(capacity[l] + 1e-9);
            }
        }

        /** Max-min and Pareto-efficient: a full link on which nobody has more. */
        private void assertHasBottleneck(int v, String name) {
            boolean found = false;
            for (int link : routes[v]) {
                double largest = 0;
                for (int other = 0; other < routes.length; other++) {
                    for (int used : routes[other]) {
                        if (used == link && variable[other] >= 0) {
                            largest = Math.max(largest, system.rate(variable[other]));
                        }
                    }
                }
                boolean full = system.load(link) >= capacity[link] - 1e-9;
                found |= full && system.rate(variable[v]) >= largest - 1e-9;
            }
            assertThat(found).as("%s: variable %d has a bottleneck", name, v).isTrue();
        }

        void assertEqualsScratch(String name) {
            var scratch = new MaxMinSystem(capacity, 4);
            int[] copy = new int[routes.length];
            for (int v = routes.length - 1; v >= 0; v--) {
                if (variable[v] >= 0) {
                    copy[v] = MaxMinSystemTest.start(scratch, weight[v], routes[v]);
                }
            }
            scratch.solve();
            for (int v = 0; v < routes.length; v++) {
                if (variable[v] >= 0 && unitWeights) {
                    assertThat(system.rate(variable[v])).as(name).isEqualTo(scratch.rate(copy[v]));
                } else if (variable[v] >= 0) {
                    assertThat(system.rate(variable[v])).as(name).isCloseTo(scratch.rate(copy[v]), offset(1e-10));
                }
            }
        }
    }
}
