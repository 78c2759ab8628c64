// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.http.Guard;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.http.WebServer;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;
import org.lacquer.app.studio.work.WorkerCommand;
import org.lacquer.app.studio.work.WorkerProcess;
import org.lacquer.app.studio.works.AnalyseWork;
import org.lacquer.app.studio.works.CodecWork;
import org.lacquer.app.studio.works.CompareWork;
import org.lacquer.app.studio.works.DescribeWork;
import org.lacquer.app.studio.works.ExportWork;
import org.lacquer.app.studio.works.MasterWork;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The running studio: store, jobs, workers, API and pages. */
public final class Studio implements AutoCloseable {
    private final StudioSettings settings;
    private final Store store;
    private final Jobs jobs;
    private final WorkerProcess previews;
    private final WebServer server;
    private final Router router = new Router();

    /**
     * Opens the data and binds the address; nothing answers yet.
     *
     * @param faults where mistakes of the program are told
     * @throws IOException when the folder or the port is taken
     */
    public Studio(StudioSettings settings, PrintStream faults) throws IOException {
        this.settings = settings;
        Limits limits = settings.limits();
        store = new Store(settings.data());
        boolean complete = false;
        try {
            WorkerCommand command =
                    new WorkerCommand(
                            settings.workerClass(),
                            settings.workerMegabytes(),
                            limits.durationSeconds());
            Map<String, Work> works = new LinkedHashMap<>();
            works.put("analyse", new AnalyseWork(store));
            MasterWork masterWork = new MasterWork(store, this::describe);
            works.put("master", masterWork);
            works.put("render", masterWork);
            works.put(DescribeWork.TYPE, new DescribeWork(store));
            works.put("export", new ExportWork(store));
            works.put("compare", new CompareWork(store));
            works.put("codec", new CodecWork(store));
            jobs = new Jobs(store, works, limits, command, settings.workers(), faults);
            previews =
                    new WorkerProcess(
                            command,
                            store.folders().work().resolve("worker-preview"),
                            System.getenv("LACQUER_DEBUG") != null);
            routes(limits);
            server =
                    new WebServer(
                            new InetSocketAddress(settings.address(), settings.port()),
                            router,
                            limits,
                            faults);
            complete = true;
        } finally {
            if (!complete) {
                store.close();
            }
        }
    }

    private void routes(Limits limits) {
        Views views = new Views(store, jobs);
        Uploads uploads = new Uploads(store.folders(), limits);
        new ServerApi(store, jobs, limits, settings.version(), settings.adjustable()).addTo(router);
        new ProjectsApi(store, jobs, views).addTo(router);
        NewFiles newFiles = new NewFiles(store, jobs, views, limits);
        new FilesApi(store, views, uploads, newFiles).addTo(router);
        new MixesApi(store, uploads, newFiles).addTo(router);
        new JobsApi(store, jobs, new JobRequests(store, settings.adjustable())).addTo(router);
        PreviewApi previewApi = new PreviewApi(store, views, previews, limits);
        previewApi.addTo(router);
        new VersionsApi(store, views, new Codecs(store, jobs), previewApi).addTo(router);
        new ExportsApi(store, views).addTo(router);
        new PlansApi(store.shelf()).addTo(router);
        new MonitorsApi().addTo(router);
    }

    /** What can wait until a version can be heard. */
    private void describe(Version version) {
        jobs.submitQuietly(version.project(), DescribeWork.TYPE, version.file(), version.id());
    }

    /** Takes up unfinished jobs and begins to answer. */
    public void start() throws IOException {
        store.projects().removeDeleted(settings.limits().restoreDays());
        store.projects().removeUnknown();
        jobs.start();
        Thread.ofVirtual().start(this::preparePreviews);
        Set<String> names = settings.names();
        server.start(new Guard(server.port(), settings.token(), names));
    }

    private void preparePreviews() {
        try {
            previews.prepare();
        } catch (IOException notYet) {
            // The first preview will try again, and tell.
            return;
        }
    }

    public int port() {
        return server.port();
    }

    /** Method and path of everything that is there. */
    public Iterable<String> routes() {
        return router.all();
    }

    /** Ends requests and workers; unfinished jobs are taken up by the next start. */
    @Override
    public void close() throws IOException {
        server.close();
        jobs.close();
        previews.close();
        store.close();
    }
}
