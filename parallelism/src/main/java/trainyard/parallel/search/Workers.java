package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import trainyard.parallel.step.PlanPricer;

/** Threads with a pricer each. Results come in the order of the items, whichever thread made them. */
final class Workers implements AutoCloseable {

    private final List<PlanPricer> pricers = new ArrayList<>();
    private final ExecutorService pool;

    Workers(int threads, Supplier<PlanPricer> pricers) {
        for (int i = 0; i < threads; i++) {
            this.pricers.add(pricers.get());
        }
        this.pool = Executors.newFixedThreadPool(threads);
    }

    <T, R> List<R> map(List<T> items, BiFunction<PlanPricer, T, R> work) {
        List<Future<List<R>>> parts = new ArrayList<>();
        int threads = pricers.size();
        for (int i = 0; i < threads; i++) {
            PlanPricer pricer = pricers.get(i);
            List<T> part = items.subList(part(items, i), part(items, i + 1));
            parts.add(pool.submit(
                    () -> part.stream().map(item -> work.apply(pricer, item)).toList()));
        }
        List<R> results = new ArrayList<>(items.size());
        parts.forEach(part -> results.addAll(result(part)));
        return results;
    }

    /** Where the i-th of equal parts begins. */
    private int part(List<?> items, int i) {
        return (int) ((long) items.size() * i / pricers.size());
    }

    private static <R> R result(Future<R> part) {
        try {
            return part.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
