package trainyard.sim.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class IndexSetTest {

    /** The same members as a plain set of bits, whatever happens to both. */
    @Test
    void holdsWhatASetOfBitsHolds() {
        UniformRandomProvider random = new RandomStreams(3, 0).stream("sets");
        for (int limit : new int[] {1, 63, 64, 65, 4096, 4097, 20_000}) {
            IndexSet set = new IndexSet(limit);
            BitSet expected = new BitSet();
            for (int i = 0; i < 2000; i++) {
                int number = random.nextInt(limit);
                switch (random.nextInt(60)) {
                    case 0 -> {
                        set.addAll();
                        expected.set(0, limit);
                    }
                    case 1 -> {
                        set.clear();
                        expected.clear();
                    }
                    default -> {
                        boolean added = random.nextInt(3) == 0;
                        assertThat(added ? set.add(number) : set.remove(number))
                                .isEqualTo(added != expected.get(number));
                        expected.set(number, added);
                    }
                }
                int from = random.nextInt(limit + 1);
                assertThat(set.next(from)).isEqualTo(expected.nextSetBit(from));
                assertThat(set.size()).isEqualTo(expected.cardinality());
            }
            assertThat(set.toArray()).isEqualTo(expected.stream().toArray());
        }
    }
}
