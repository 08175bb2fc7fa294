package trainyard.parallel.search;

import java.util.List;
import java.util.stream.IntStream;

/** Divisors of a whole number. */
final class Divisors {

    private Divisors() {}

    /** All divisors of a positive number, ascending. */
    static List<Integer> of(int number) {
        return IntStream.rangeClosed(1, number)
                .filter(divisor -> number % divisor == 0)
                .boxed()
                .toList();
    }
}
