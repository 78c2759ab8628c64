// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SQLite in one file. Every change is on disk before the call returns (write-ahead log, full
 * synchronisation), so that a killed server loses nothing that was told to be done.
 *
 * <p>One connection behind a lock: statements take well below a millisecond.
 */
public final class Database implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    /** Opens or makes the file and brings it to the present schema. */
    public Database(Path file) {
        try {
            Properties options = new Properties();
            options.setProperty("journal_mode", "WAL");
            options.setProperty("synchronous", "FULL");
            options.setProperty("foreign_keys", "true");
            options.setProperty("busy_timeout", "5000");
            connection = DriverManager.getConnection("jdbc:sqlite:" + file, options);
            migrate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** A row as an object. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What the database cannot do is a fault of ours or of the disk. */
    public static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseException(SQLException cause) {
            super(cause);
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(row.of(rows));
            }
            return list;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            lock.unlock();
        }
    }

    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
        return list(sql, row, values).stream().findFirst();
    }

    long number(String sql, @Nullable Object... values) {
        return one(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** Returns how many rows changed. */
    int update(String sql, @Nullable Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            lock.unlock();
        }
    }

    /** All or nothing. */
    void transaction(Runnable changes) {
        lock.lock();
        try {
            connection.setAutoCommit(false);
            boolean complete = false;
            try {
                changes.run();
                connection.commit();
                complete = true;
            } finally {
                if (!complete) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Each migration raises the version by one, in a transaction of its own. */
    private void migrate() throws SQLException {
        int version = (int) number("PRAGMA user_version");
        if (version > Schema.MIGRATIONS.size()) {
            throw new SQLException(
                    "the data was written by a newer version of Lacquer (schema " + version + ")");
        }
        for (int next = version; next < Schema.MIGRATIONS.size(); next++) {
            String script = Schema.MIGRATIONS.get(next);
            int reached = next + 1;
            transaction(
                    () -> {
                        try (Statement statement = connection.createStatement()) {
                            for (String sql : script.split(";")) {
                                if (!sql.isBlank()) {
                                    statement.execute(sql);
                                }
                            }
                            statement.execute("PRAGMA user_version = " + reached);
                        } catch (SQLException e) {
                            throw new DatabaseException(e);
                        }
                    });
        }
    }
}
