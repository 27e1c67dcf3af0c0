// Command link measures publishing over a bad link: a proxy of our own plays a
// link of so many bytes a second, with delay, loss and cuts, in front of the
// CKAN that the environment names (CHASQUI_CKAN_URL, _ORG, _TOKEN), and the
// courier sends through it from a queue. With -portal it only plays the link,
// for use by hand.
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"time"

	"chasqui/sync/portal"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	m := Model{}
	flag.Int64Var(&m.Rate, "rate", 32_000, "bytes a second, each way (256 kbit/s)")
	flag.DurationVar(&m.Delay, "delay", 150*time.Millisecond, "one way")
	flag.Float64Var(&m.Loss, "loss", 0.01, "share of segments that are lost")
	flag.DurationVar(&m.Every, "every", 120*time.Second, "time between cuts")
	flag.DurationVar(&m.Down, "down", 10*time.Second, "how long a cut lasts")
	flag.Uint64Var(&m.Seed, "seed", 1, "of the losses")
	address := flag.String("portal", "", "only play the link in front of this address")
	resources := flag.Int("resources", 20, "files of the large dataset")
	size := flag.Int64("size", 1_000_000, "bytes of each")
	small := flag.Int("small", 50, "small datasets, of two files each")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	target := *address
	if target == "" {
		target = os.Getenv("CHASQUI_CKAN_URL")
	}
	at, err := url.Parse(target)
	if err != nil || at.Host == "" {
		return errors.New("no portal: name one by -portal, or a CKAN by CHASQUI_CKAN_URL, _ORG and _TOKEN")
	}
	if *address != "" {
		link, err := Open(ctx, at.Host, m)
		if err != nil {
			return err
		}
		fmt.Println(link.URL())
		link.Wait()
		fmt.Printf("%+v\n", link.Tally())
		return nil
	}
	fmt.Printf("CKAN %s through %d bytes/s, %v round trip, %.0f %% loss, a cut of %v every %v\n",
		os.Getenv("CHASQUI_CKAN_VERSION"), m.Rate, 2*m.Delay, 100*m.Loss, m.Down, m.Every)
	if *resources > 0 {
		if err := measure(ctx, at.Host, m, fmt.Sprintf("1 dataset of %d files of %d bytes", *resources, *size), 1, *resources, *size); err != nil {
			return err
		}
	}
	if *small > 0 {
		return measure(ctx, at.Host, m, fmt.Sprintf("%d datasets of 2 files of 2000 bytes", *small), *small, 2, 2000)
	}
	return nil
}

// measure sends datasets through a link of its own and prints what it took.
func measure(ctx context.Context, host string, m Model, what string, datasets, files int, size int64) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	link, err := Open(ctx, host, m)
	if err != nil {
		return err
	}
	q, err := fill(datasets, files, size)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := q.drain(ctx, link.URL(), m); err != nil {
		return err
	}
	t := link.Tally()
	needed := int64(datasets) * int64(files) * size
	fmt.Printf("%s: %v, %d requests on %d connections, %d cuts\n", what, time.Since(start).Round(time.Second), q.count.requests(), t.Opened, t.Cuts)
	fmt.Printf("  up %d bytes for %d of files: %.1f %% over; down %d bytes; %d segments lost\n",
		t.Up, needed, 100*float64(t.Up-needed)/float64(needed), t.Down, t.Lost)
	fmt.Printf("  %s\n", q.told())
	stop()
	link.Wait()
	return nil
}

// fill makes datasets of bytes that do not compress.
func fill(datasets, files int, size int64) (*queue, error) {
	q := newQueue()
	for range datasets {
		ds := q.dataset()
		for n := range files {
			content := make([]byte, size)
			if _, err := rand.Read(content); err != nil {
				return nil, err
			}
			sum := sha256.Sum256(content)
			ds.Resources = append(ds.Resources, portal.Distribution{
				ID: q.id(), Name: fmt.Sprintf("Archivo %d", n+1), FileName: fmt.Sprintf("archivo-%d.bin", n+1),
				Format: "BIN", MediaType: "application/octet-stream", Bytes: size, SHA256: hex.EncodeToString(sum[:]),
			})
			q.files[hex.EncodeToString(sum[:])] = content
		}
		q.jobs = append(q.jobs, q.store.Queue(ds, "bench", time.Now()))
	}
	return q, nil
}
