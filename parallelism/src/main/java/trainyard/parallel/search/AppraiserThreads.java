package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Threads with an appraiser each. Results come in the order of the items, whichever thread made them. */
final class AppraiserThreads implements AutoCloseable {

    private final List<Appraiser> appraisers = new ArrayList<>();
    private final ExecutorService pool;

    AppraiserThreads(int threads, Supplier<Appraiser> appraisers) {
        for (int i = 0; i < threads; i++) {
            this.appraisers.add(appraisers.get());
        }
        this.pool = Executors.newFixedThreadPool(threads);
    }

    <T, R> List<R> map(List<T> items, BiFunction<Appraiser, T, R> work) {
        List<Future<List<R>>> parts = new ArrayList<>();
        int threads = appraisers.size();
        for (int i = 0; i < threads; i++) {
            Appraiser appraiser = appraisers.get(i);
            List<T> part = items.subList(part(items, i), part(items, i + 1));
            parts.add(pool.submit(
                    () -> part.stream().map(item -> work.apply(appraiser, item)).toList()));
        }
        List<R> results = new ArrayList<>(items.size());
        parts.forEach(part -> results.addAll(result(part)));
        return results;
    }

    /** Where the i-th of equal parts begins. */
    private int part(List<?> items, int i) {
        return (int) ((long) items.size() * i / appraisers.size());
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
