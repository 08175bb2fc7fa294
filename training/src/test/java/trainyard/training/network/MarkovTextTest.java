package trainyard.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.Batch;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

class MarkovTextTest {
    private final RandomStreams streams = new RandomStreams(5, 0);

    /** Leaving 0 at 0.1 and 1 at 0.3, the chain is in 0 three quarters of the time. */
    @Test
    void twoSymbolsByHand() {
        MarkovChain chain = new MarkovChain(List.of(List.of(0.9, 0.1), List.of(0.3, 0.7)));
        assertThat(chain.stationary()).containsExactly(new double[] {0.75, 0.25}, within(1e-15));
        double first = -0.9 * Math.log(0.9) - 0.1 * Math.log(0.1);
        double second = -0.3 * Math.log(0.3) - 0.7 * Math.log(0.7);
        assertThat(chain.entropyNats()).isCloseTo(0.75 * first + 0.25 * second, within(1e-15));
        assertThatThrownBy(() -> new MarkovChain(List.of(List.of(0.5, 0.4), List.of(0.3, 0.7))))
                .hasMessageContaining("add up to 1");
    }

    @Test
    void aDrawnChainHasTheEntropyAskedFor() {
        for (double entropy : new double[] {0.7, 1.5, 2.3, Math.log(27)}) {
            MarkovChain chain = MarkovChain.draw(27, entropy, streams.stream("chain"));
            assertThat(chain.entropyNats()).isCloseTo(entropy, within(1e-9));
        }
        assertThatThrownBy(() -> MarkovChain.draw(16, 2.8, streams.stream("chain")))
                .hasMessageContaining("to 2.772588722239781 nats, not 2.8");
    }

    /**
     * The mean of -ln p over 50,000 symbols is the entropy within 4 of its standard errors; each term has a standard deviation
     * of about one nat, and neighbours depend little on each other.
     */
    @Test
    void theTextHasTheEntropyOfItsChain() {
        Dataset.Text text = new MarkovText(16, 1.6, 50, 1000, 10).draw(streams);
        assertThat(text.entropyNats()).isCloseTo(1.6, within(1e-9));
        assertThat(text.train()).hasDimensions(1000, 51);
        assertThat(text.test()).hasDimensions(10, 51);
        MarkovChain chain = MarkovChain.draw(16, 1.6, streams.stream("text chain"));
        double sum = 0;
        for (int[] sequence : text.train()) {
            for (int i = 0; i < 50; i++) {
                sum -= Math.log(chain.transition().get(sequence[i]).get(sequence[i + 1]));
            }
        }
        assertThat(sum / 50_000).isCloseTo(1.6, within(4 * 1.2 / Math.sqrt(50_000)));
        assertThat(new MarkovText(16, 1.6, 50, 1000, 10).draw(streams).train()).isDeepEqualTo(text.train());
    }

    /** Three symbols 0, 1, 0 to read and learn: the pairs 0-1, 1-0 and 0-0, once each. */
    @Test
    void bigramsByHand() {
        Dataset.Text text = new Dataset.Text("t", 2, 3, new int[][] {{0, 1, 0, 0}}, new int[][] {{1, 0, 0, 1}}, 0);
        Problem problem =
                new ArraysBackend().problem(new NetworkSpec.Softmax(), text, (batch, rows) -> rows[0] = 0, streams);
        assertThat(problem.leastLoss().orElseThrow()).isCloseTo(2.0 / 3 * Math.log(2), within(1e-15));
        assertThat(problem.loss(new double[6])).isCloseTo(Math.log(2), within(1e-15));
        double[] gradient = new double[6];
        problem.gradient(new double[6], new Batch(0, 0, 1), gradient);
        double half = 0.5 / 3;
        assertThat(gradient).containsExactly(new double[] {0, 0, -half, half, -half, half}, within(1e-16));
        assertThat(problem.accuracy(new double[] {1, 0, 1, 0, 0, 0}).orElseThrow())
                .isEqualTo(2.0 / 3);
    }

    @Test
    void bigramsReachTheEntropyOfTheirText() {
        Dataset.Text text = new MarkovText(16, 1.6, 32, 600, 50).draw(streams);
        Problem problem = new ArraysBackend()
                .problem(new NetworkSpec.Softmax(), text, ShuffledShards.everyRow(600, streams), streams);
        double[] at = problem.start();
        double[] gradient = new double[at.length];
        problem.gradient(at, new Batch(0, 0, 600), gradient);
        for (int i = 0; i < at.length; i += 7) {
            double[] moved = at.clone();
            moved[i] += 1e-6;
            double above = problem.loss(moved);
            moved[i] -= 2e-6;
            assertThat(gradient[i]).isCloseTo((above - problem.loss(moved)) / 2e-6, within(1e-8));
        }
        for (int step = 0; step < 3000; step++) {
            problem.gradient(at, new Batch(0, step, 8), gradient);
            for (int i = 0; i < at.length; i++) {
                at[i] -= 2 * gradient[i];
            }
        }
        double least = problem.leastLoss().orElseThrow();
        assertThat(least).isBetween(1.5, 1.62);
        assertThat(problem.loss(at)).isBetween(least, least + 0.03);
    }
}
